/* Entering by the QR code of a card. The page works without it: the six words are typed. */
const form = document.querySelector("[data-card-form]");
const camera = form.querySelector("[data-camera]");

function send(text) {
  form.elements.secret.value = text;
  form.elements.words.value = "";
  form.submit();
}

/* The telephone's own camera opened this page: the secret stands after « # », which no server,
   log or proxy ever sees. It leaves the address, and so the history, before it is sent. */
if (location.hash.length > 20) {
  const secret = location.hash;
  history.replaceState(null, "", location.pathname + location.search);
  send(secret);
}

const LOOK_EVERY = 200;
const STOP_AFTER = 45000;
const start = camera.querySelector("[data-camera-start]");
const stop = camera.querySelector("[data-camera-stop]");
const said = camera.querySelector("[data-camera-said]");
const video = camera.querySelector("video");
let stream = null;
let timer = 0;

async function reader() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.() ?? [];
  const Detector = formats.includes("qr_code")
    ? globalThis.BarcodeDetector
    : (await import(camera.dataset.decoder)).BarcodeDetector;
  return new Detector({ formats: ["qr_code"] });
}

function close() {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
  video.hidden = stop.hidden = true;
  start.hidden = false;
}

async function look(detector, until) {
  if (!stream) return;
  const [found] = await detector.detect(video).catch(() => []);
  if (found?.rawValue) {
    close();
    said.textContent = camera.dataset.found;
    send(found.rawValue);
  } else if (performance.now() > until) {
    close();
    said.textContent = "";
    start.focus();
  } else timer = setTimeout(look, LOOK_EVERY, detector, until);
}

async function open() {
  said.textContent = camera.dataset.looking;
  try {
    const [detector, opened] = await Promise.all([
      reader(),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: camera.dataset.facing } }),
    ]);
    stream = opened;
    video.srcObject = stream;
    video.hidden = stop.hidden = false;
    start.hidden = true;
    stop.focus();
    await video.play();
    look(detector, performance.now() + STOP_AFTER);
  } catch {
    close();
    said.textContent = camera.dataset.refused;
    form.elements.words.focus();
  }
}

if (navigator.mediaDevices?.getUserMedia) {
  camera.hidden = false;
  start.addEventListener("click", open);
  stop.addEventListener("click", () => { close(); said.textContent = ""; start.focus(); });
  addEventListener("pagehide", close);
}
