import { useEffect, useState } from 'react';

/** The time, anew every second while the window is seen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => { if (document.visibilityState === 'visible') setNow(Date.now()); }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
