// QR codes in a picture: by the browser itself where it can, else by the decoder that lies beside this page.
const SIZES = [1600, 1000, 2600]; // longest side: most photos are read at the first size

let native;

async function nativeDetector() {
  if (native === undefined) {
    const formats = "BarcodeDetector" in window ? await window.BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    native = formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
  }
  return native;
}

function drawn(picture, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function decoded(image) {
  const { decodeQRBatch } = await import("../vendor/qr/decode.js");
  const { width, height } = image;
  const [found] = await decodeQRBatch([image], { maxSize: { width, height } });
  return found.filter((one) => typeof one === "string");
}

async function codesAt(picture, width, height, longest) {
  const detector = await nativeDetector();
  if (detector) {
    const found = await detector.detect(picture).catch(() => []);
    if (found.length) return found.map((one) => one.rawValue);
  }
  return decoded(drawn(picture, width, height, longest));
}

// All codes of a photo. A paper has two: the caller chooses.
export async function codesInPhoto(file) {
  const picture = await createImageBitmap(file);
  let best = [];
  for (const longest of SIZES) {
    const found = await codesAt(picture, picture.width, picture.height, longest);
    if (found.some((text) => text.startsWith("HVS1:"))) return found;
    best = best.length ? best : found;
    if (longest >= Math.max(picture.width, picture.height)) break;
  }
  return best;
}

// Looks through the camera until a code is found or `signal` says stop.
export async function codesInVideo(video, signal) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const found = video.videoWidth ? await codesAt(video, video.videoWidth, video.videoHeight, 1000) : [];
      if (found.length) return found;
      await new Promise((resume) => setTimeout(resume, 150));
    }
    return [];
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}
