'use strict';
// An application: gives documents, takes callbacks, and checks each signature with both libraries. One line of JSON a request on standard output.
const http = require('http');
const twilio = require('twilio');
const { RestClient } = require('@signalwire/compatibility-api');

const key = process.argv[2];

function documents(to, base) {
  const whole = new twilio.twiml.VoiceResponse();
  whole.dial({ action: '/after', timeout: 20 }).sip(
    { statusCallback: `${base}/leg`, statusCallbackEvent: 'initiated ringing answered completed' }, to);
  const other = new RestClient.LaML.VoiceResponse();
  other.dial({ action: '/after', method: 'GET', timeout: 20 }).sip(
    { statusCallback: `${base}/leg`, statusCallbackEvent: 'answered completed', statusCallbackMethod: 'GET' }, to);
  const after = new RestClient.LaML.VoiceResponse();
  after.hangup();
  const pause = new twilio.twiml.VoiceResponse();
  pause.pause({ length: 60 });
  return { '/twilio': whole, '/signalwire': other, '/after': after, '/pause': pause };
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const base = `http://127.0.0.1:${server.address().port}`;
    const path = request.url.split('?')[0];
    const get = request.method === 'GET';
    const body = Buffer.concat(chunks).toString();
    const posted = Object.fromEntries(new URLSearchParams(body));
    const signature = request.headers['x-twilio-signature'] || '';
    console.log(JSON.stringify({
      method: request.method, path, fields: get ? Object.fromEntries(new URLSearchParams(request.url.split('?')[1] || '')) : posted,
      twilio: twilio.validateRequest(key, signature, base + request.url, posted),
      signalwire: RestClient.validateRequest(key, request.headers['x-signalwire-signature'] || '', base + request.url, posted),
      forged: twilio.validateRequest(key, signature, base + request.url, { ...posted, CallStatus: 'forged' }) && !get,
    }));
    const to = new URL(request.url, base).searchParams.get('to') || 'sip:nobody@127.0.0.1';
    const document = documents(to, base)[path];
    response.writeHead(document ? 200 : path === '/nobody' ? 404 : 204, document ? { 'Content-Type': 'text/xml' } : {});
    response.end(document ? document.toString() : undefined);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
