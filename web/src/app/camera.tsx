/** The application's own camera: what is taken here is kept as it was taken, and nothing comes from a gallery. */

import { useEffect, useRef, useState } from "preact/hooks";
import { say, type Word } from "../words";

const FINE = new Set(["marking", "seal_test", "seal_reserve"]);
const [LONG, LONG_FINE] = [2_560, 3_264];
const [QUALITY, QUALITY_FINE] = [0.82, 0.85];

/** A window with what the camera sees, until a picture is taken or left. */
export function Camera({ slot, word, taken, left }: { slot: string; word: Word; taken: (picture: Blob) => void; left: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState("");
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | null = null;
    let isGone = false;
    const wanted = { video: { facingMode: "environment", width: { ideal: 3_840 }, height: { ideal: 2_160 } } };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (opened) => {
        if (isGone) return stop(opened);
        stream = opened;
        if (video.current) video.current.srcObject = opened;
      },
      (error: Error) => setTrouble(error.message),
    );
    return () => {
      isGone = true;
      if (stream) stop(stream);
    };
  }, []);
  const take = async (): Promise<void> => {
    setReady(false); // one picture a press
    try {
      if (video.current) taken(await picture(video.current, FINE.has(slot)));
    } catch (error) {
      setTrouble((error as Error).message);
    }
  };
  return (
    <dialog ref={dialog} class="camera" aria-label={say(word)} onCancel={(event) => (event.preventDefault(), left())}>
      {trouble ? (
        <p class="notice bad" role="alert">{say("noCamera", { why: trouble })}</p>
      ) : (
        <video ref={video} autoplay muted playsInline onLoadedData={() => setReady(true)} />
      )}
      <div class="buttons">
        <button type="button" class="main" disabled={!isReady} onClick={() => void take()}>{say("shutter")}</button>
        <button type="button" onClick={left}>{say("cancel")}</button>
      </div>
    </dialog>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What is seen now, as a JPEG of at most so many pixels on its long edge. */
async function picture(seen: HTMLVideoElement, isFine: boolean): Promise<Blob> {
  const [width, height] = [seen.videoWidth, seen.videoHeight];
  const scale = Math.min(1, (isFine ? LONG_FINE : LONG) / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(seen, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: isFine ? QUALITY_FINE : QUALITY });
}
