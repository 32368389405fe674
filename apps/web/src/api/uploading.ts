/** Like fetch, which cannot tell how much of a body has left. */
export function uploading(onSent: (bytes: number) => void): (path: string, init: RequestInit) => Promise<Response> {
  return (path, { method = 'POST', headers, body }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, path);
      new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
      request.upload.onprogress = ({ loaded }) => onSent(loaded);
      request.onload = () => resolve(responseOf(request));
      request.onerror = () => reject(new TypeError('The connection was lost.'));
      request.send(body as XMLHttpRequestBodyInit);
    });
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader('Retry-After');
  return new Response(request.status === 204 ? null : request.responseText, { status: request.status, ...(retryAfter ? { headers: { 'Retry-After': retryAfter } } : {}) });
}
