import { useEffect, useState } from 'react';

/** Counts down to zero, by the clock: a window that slept is not behind. */
export function useSecondsLeft(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, Math.ceil((until - now) / 1_000));
  const isCounting = left > 0;
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isCounting]);
  return [left, (seconds) => { setNow(Date.now()); setUntil(Date.now() + seconds * 1_000); }];
}
