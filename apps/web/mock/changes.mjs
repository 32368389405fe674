// Who follows what changes: Server-Sent Events, as the real server sends them.
const followers = new Set();
let entry = 0;

export function follow(query, response) {
  const wanted = [...query.getAll('entity'), ...query.getAll('record')];
  const after = query.get('after');
  const name = after === null || Number(after) === entry ? 'ready' : 'reset';
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`event: ${name}\nid: ${entry}\ndata: {}\n\n`);
  const follower = { wanted, response };
  followers.add(follower);
  response.on('close', () => followers.delete(follower));
}

/** The connections end; who follows comes again. */
export function dropFollowers() {
  for (const { response } of followers) response.end();
}

export function tell(entity, id, version, deleted = false) {
  entry += 1;
  const data = JSON.stringify({ entity, id, version, by: 'administrator', deleted });
  for (const { wanted, response } of followers) {
    if (wanted.includes(entity) || wanted.includes(`${entity}/${id}`)) response.write(`id: ${entry}\ndata: ${data}\n\n`);
  }
}
