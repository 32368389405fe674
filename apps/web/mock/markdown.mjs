// A little of Markdown, enough for the mock's articles: everything is escaped first, so whatever HTML stands in a text stays text.
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
const isSafe = (address) => /^(https?:\/\/|mailto:|\/|#)/.test(address);

function inline(text) {
  return escaped(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label, address) => (isSafe(address) ? `<a href="${address}"${address.startsWith('http') ? ' rel="noopener nofollow"' : ''}>${label}</a>` : whole));
}

const cells = (line) => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());

function table(lines) {
  const row = (tag) => (line) => `<tr>${cells(line).map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row('th')(lines[0])}</thead><tbody>${lines.slice(2).map(row('td')).join('')}</tbody></table>`;
}

function block(lines) {
  const [first] = lines;
  const heading = /^(#{1,4}) (.+)$/.exec(first);
  if (heading) {
    const level = heading[1].length;
    return `<h${level} id="${slug(heading[2])}">${inline(heading[2])}</h${level}>` + (lines.length > 1 ? block(lines.slice(1)) : '');
  }
  if (/^```/.test(first)) return `<pre><code>${escaped(lines.slice(1, -1).join('\n'))}</code></pre>`;
  if (lines.every((line) => /^[-*] /.test(line))) return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  if (lines.every((line) => /^\d+\. /.test(line))) return `<ol>${lines.map((line) => `<li>${inline(line.replace(/^\d+\. /, ''))}</li>`).join('')}</ol>`;
  if (lines.every((line) => line.startsWith('> '))) return `<blockquote><p>${inline(lines.map((line) => line.slice(2)).join(' '))}</p></blockquote>`;
  if (lines.length > 2 && /^\|?[\s:|-]+\|?$/.test(lines[1])) return table(lines);
  return `<p>${inline(lines.join('\n'))}</p>`;
}

export const htmlFrom = (text) => (text ?? '').replaceAll('\r', '').split(/\n{2,}/).map((part) => part.split('\n').filter(Boolean)).filter((lines) => lines.length > 0).map(block).join('\n');
