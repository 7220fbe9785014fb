// The instrument's side of HJ 212, written from the standard and not from our own code.
import { connect } from "node:net";

/** The checksum of HJ 212-2017 annex A; the low byte of the register is dropped at each step. */
export function crc(segment: string): string {
  let register = 0xffff;
  for (const byte of Buffer.from(segment, "latin1")) {
    register = (register >> 8) ^ byte;
    for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  }
  return register.toString(16).toUpperCase().padStart(4, "0");
}

/** A data segment as a whole frame. */
export function frame(segment: string): string {
  return `##${String(Buffer.byteLength(segment, "latin1")).padStart(4, "0")}${segment}${crc(segment)}\r\n`;
}

/** `20261123140000` in Beijing time. */
export function dataTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
}

export interface Device {
  mn: string;
  password: string;
}

/** Hourly means (CN 2061), labelled by the start of their hour, asking for an answer. */
export function hourly(device: Device, start: Date, means: Record<string, number>): string {
  const data = Object.entries(means).map(([factor, mean]) => `${factor}-Avg=${mean},${factor}-Flag=N`);
  const head = `QN=${dataTime(new Date())}${String(Date.now() % 1000).padStart(3, "0")};ST=22;CN=2061`;
  return frame(
    `${head};PW=${device.password};MN=${device.mn};Flag=5;CP=&&DataTime=${dataTime(start)};${data.join(";")}&&`,
  );
}

/** Sends a frame and resolves with the server's answer, or fails after ten seconds. */
export function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer within 10 s to ${bytes.trim()}`)));
    socket.on("connect", () => socket.write(bytes, "latin1"));
    socket.on("data", (data) => {
      answer += data.toString("latin1");
      if (!answer.includes("\r\n")) return;
      socket.destroy();
      resolve(answer);
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`closed after ${JSON.stringify(answer)}`)));
  });
}
