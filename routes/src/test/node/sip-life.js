'use strict';
// A generic client of ondewo.sip.Sip: it knows the shapes of the contract and nothing of the gateway. Writes what it was told, as one line of JSON.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const at = JSON.parse(process.argv[2]);
const shapes = loader.loadSync('sip-contract.proto', { keepCase: true, longs: Number, enums: String, defaults: true });
const client = new (grpc.loadPackageDefinition(shapes).ondewo.sip.Sip)(at.server, grpc.credentials.createInsecure());

function call(method, request, metadata = {}) {
  const sent = new grpc.Metadata();
  Object.entries(metadata).forEach(([name, value]) => sent.set(name, value));
  return new Promise((resolve, reject) => client[method](request, sent, { deadline: Date.now() + 40000 },
    (failure, answer) => (failure ? reject(failure) : resolve(answer))));
}

const history = async () => (await call('SipGetSipStatusHistory', {})).status_history;

/** Waits until the status has come so often. */
async function told(type, count) {
  for (let i = 0; i < 400; i++) {
    const all = (await history()).filter((each) => each.status_type === type);
    if (all.length >= count) return all[count - 1];
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('no ' + type + ' in ' + JSON.stringify((await history()).map((each) => each.status_type)));
}

/** The code and words of a call that fails; the status of one that does not. */
async function tried(method, request, metadata) {
  try {
    return { status: (await call(method, request, metadata)).status_type };
  } catch (failure) {
    return { code: failure.code, details: failure.details };
  }
}

(async () => {
  const seen = { answers: [], early: {} };
  const answer = async (method, request) => {
    const status = await call(method, request);
    seen.answers.push(status.status_type);
    return status;
  };
  for (const method of ['SipGetSipStatus', 'SipEndCall', 'SipMute', 'SipUnMute', 'SipEndSession']) seen.early[method] = await tried(method, {});
  seen.early.SipStartCall = await tried('SipStartCall', { callee_id: at.bob });
  seen.early.SipStartSession = await tried('SipStartSession', { account_name: at.account });

  seen.wrong = await call('SipRegisterAccount', { account_name: at.account, password: 'wrong' });
  seen.registered = await answer('SipRegisterAccount', { account_name: at.account, password: at.password });
  seen.withoutSession = await tried('SipStartCall', { callee_id: at.bob });
  await answer('SipStartSession', { account_name: at.account, auto_answer_interval: -1 });
  await told('READY', 1);
  seen.again = await tried('SipStartSession', { account_name: at.account });
  seen.withoutCall = { end: await tried('SipEndCall', {}), mute: await tried('SipMute', {}), play: await tried('SipPlayWavFiles', { wav_files: [fs.readFileSync(at.wav)] }) };

  seen.called = await answer('SipStartCall', { callee_id: at.bob, headers: { 'X-Topic': 'sales' } });
  await told('OUTGOING_CALL_CONNECTED', 1);
  seen.second = await tried('SipStartCall', { callee_id: at.bob });
  await answer('SipPlayWavFiles', { wav_files: [fs.readFileSync(at.wav), fs.readFileSync(at.wav)] });
  seen.broken = await tried('SipPlayWavFiles', { wav_files: [Buffer.from('no wav')] });
  await answer('SipMute', {});
  await answer('SipUnMute', {});
  await answer('SipTransferCall', { transfer_id: 'sip:carol@127.0.0.1:9', headers: { 'X-Reason': 'better' } });
  seen.transferred = await told('OUTGOING_CALL_FINISHED', 1);
  await told('READY', 2);

  await answer('SipStartCall', { callee_id: at.carol });
  await told('OUTGOING_CALL_CONNECTED', 2);
  await answer('SipEndCall', {});
  await told('READY', 3);
  await answer('SipStartCall', { callee_id: at.dave });
  await told('OUTGOING_CALL_CONNECTED', 3);
  await answer('SipEndCall', { hard_hangup: true });
  await told('READY', 4);
  await answer('SipStartCall', { callee_id: at.busy });
  seen.busy = await told('OUTGOING_CALL_FAILED', 1);
  await told('READY', 5);
  await answer('SipEndSession', {});
  seen.named = await tried('SipGetSipStatus', {}, { 'x-voice-account': at.account });
  seen.unknown = await tried('SipGetSipStatus', {}, { 'x-voice-account': 'nobody@127.0.0.1' });
  seen.history = await history();
  client.close();
  console.log(JSON.stringify(seen));
})().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
