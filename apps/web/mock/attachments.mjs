// Files that belong to records, with the refusals of the real server.
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { tell } from './changes.mjs';
import { remember, tables } from './company.mjs';
import { Refusal } from './refusal.mjs';

const bytesMax = 32 * 1024 * 1024;
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain']);
const contents = new Map();
const rows = tables['attachments.attachment'];

const of = (entity, id) => rows.filter((row) => row.entity === entity.name && row.record === id && row.state === 'kept');
const told = ({ id, name, media_type, size, sha256, added_at, added_by }) => ({ id, name, media_type, size, sha256, added_at, added_by });
const stateOf = (entity, row) => entity.workflow?.states.find((state) => state.name === row[entity.workflow.field]);

/** What is at …/<id>/attachments and below it. */
export function attachments(request, entity, row, number, { query, raw, caller }) {
  const method = request.method;
  if (method === 'POST' && number === undefined) return { status: 201, json: attach(entity, row, query.get('name') ?? '', request.headers['content-type'], raw, caller) };
  if (number === undefined) return { json: { rows: of(entity, row.id).map(told) } };
  const found = of(entity, row.id).find((one) => one.id === Number(number));
  if (!found) throw new Refusal(404, 'kernel.not_found', `To use attachment ${number}, choose one that this record has.`);
  if (method === 'DELETE') return detach(entity, row, found);
  const how = shown.has(found.media_type) ? 'inline' : 'attachment';
  return { body: contents.get(found.id), type: found.media_type, headers: { 'Content-Disposition': `${how}; filename*=UTF-8''${encodeURIComponent(found.name)}`, 'Cache-Control': 'private, no-cache' } };
}

export function attach(entity, row, name, type, bytes, caller) {
  if (caller.mayAttach && !caller.mayAttach(entity)) throw new Refusal(403, 'kernel.not_permitted', `To attach files to ${entity.plural.toLowerCase()}, ask for the permission ${entity.module}.edit.`);
  if (!/^[^/\\]{1,200}$/.test(name)) throw new Refusal(422, 'attachments.bad_name', `To attach a file, give it a name of 1 to 200 bytes without slashes and control characters; "${name.slice(0, 40)}" is none.`, 'name');
  if (bytes.length === 0) throw new Refusal(422, 'attachments.empty', `To attach ${name}, choose a file with something in it: it is empty.`);
  if (bytes.length > bytesMax) throw new Refusal(413, 'attachments.too_large', `To attach ${name}, make it smaller: it has ${Math.ceil(bytes.length / 1024 ** 2)} MiB, and 32 are the most.`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const same = of(entity, row.id).find((other) => other.sha256 === sha256);
  if (same) throw new Refusal(409, 'attachments.attached_already', `To attach ${name}, choose another file: this one is attached already, as ${same.name}.`);
  const fresh = {
    id: rows.length + 1, version: 1, entity: entity.name, record: row.id, name, media_type: type || 'application/octet-stream', size: bytes.length, sha256,
    added_at: new Date().toISOString().replace('Z', '000Z'), added_by: caller.user.name, state: 'kept',
  };
  rows.push(fresh);
  contents.set(fresh.id, bytes);
  remember(entity.name, row.id, `${entity.name}.attach`, Object.keys(told(fresh)).concat('state').map((field) => ({ field: `attachment ${fresh.id}: ${field}`, before: null, after: String(fresh[field]) })));
  tell(entity.name, row.id, row.version);
  return told(fresh);
}

function detach(entity, row, found) {
  const state = stateOf(entity, row);
  if (!entity.editable) throw new Refusal(409, 'kernel.not_editable', `To remove an attachment of this ${entity.title.toLowerCase()}, leave it as it is: ${entity.plural.toLowerCase()} are not changed.`);
  if (state && !state.editable) throw new Refusal(409, 'kernel.wrong_state', `To remove an attachment of ${row.number}, bring it back to draft: it is ${state.label.toLowerCase()}.`);
  found.state = 'removed';
  contents.delete(found.id);
  remember(entity.name, row.id, `${entity.name}.detach`, [{ field: `attachment ${found.id}: state`, before: 'kept', after: 'removed' }]);
  tell(entity.name, row.id, row.version);
  return { status: 204 };
}

/** A picture of a pallet, more or less. */
export function picture(width, height) {
  const pixels = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isBoard = (y % 24) < 15 && (x % 64) > 3;
      pixels.set(isBoard ? [196 - (y % 15), 158 - (x % 40) / 2, 104] : [74, 60, 48], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const chunk = (name, data) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, sum]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', size), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}
