import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A network between a browser and a server that a test can cut and mend. */
export type CuttableLine = {
  /** The address to open instead of the server's own. */
  root: string;
  /** Breaks every connection and refuses new ones. */
  cut: () => void;
  /** Lets connections through again, to another server if `root` says so. */
  mend: (root?: string) => void;
  close: () => Promise<void>;
};

/** Opens a line to the server at `root` on a free port of this machine. */
export const openLine = async (root: string): Promise<CuttableLine> => {
  let target = Number(new URL(root).port);
  let isCut = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A cut connection ends in an error on both sides; that is what the line is for.
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return void near.destroy();
    const far = connect(target, "127.0.0.1");
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: (next) => {
      if (next !== undefined) target = Number(new URL(next).port);
      isCut = false;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
