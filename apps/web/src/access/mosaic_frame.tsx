import type { ReactNode } from 'react';
import { Mosaic } from '../shell/icons';
import './access.css';

interface MosaicFrameProps {
  company: string;
  children: ReactNode;
}

/** The pages before one is in: the company's name on its mosaic, and one thing to do beside it. */
export function MosaicFrame({ company, children }: MosaicFrameProps) {
  return (
    <div className="entrance">
      <header className="entrance-art">
        <Tiles />
        <div className="entrance-name">
          <Mosaic size={46} />
          <p>{company}</p>
        </div>
      </header>
      <main className="entrance-main">
        <div className="entrance-card">{children}</div>
      </main>
    </div>
  );
}

const columns = 14;
const rows = 18;
const tile = 44;
const tones = ['#1b6c8b', '#1b6c8b', '#17627d', '#2a7e9f', '#5096b1', '#0a5169', '#0a5169', '#c98a2b'];

// The same mosaic every time, denser towards the top: tiles are laid by a small fixed arithmetic, not by chance.
function Tiles() {
  const laid = Array.from({ length: columns * rows }, (_, index) => {
    const hash = Math.imul(index + 7, 2654435761) >>> 0;
    const row = Math.floor(index / columns);
    const shown = (hash >>> 8) % 100 > row * 5.4;
    return shown ? { x: (index % columns) * tile, y: row * tile, fill: tones[(hash >>> 16) % tones.length], opacity: 0.28 + ((hash >>> 20) % 60) / 100 } : null;
  });
  return (
    <svg className="entrance-tiles" viewBox={`0 0 ${columns * tile} ${rows * tile}`} preserveAspectRatio="xMinYMin slice" aria-hidden focusable="false">
      {laid.map((one, index) => one && <rect key={index} {...one} width={tile - 4} height={tile - 4} rx={6} />)}
    </svg>
  );
}
