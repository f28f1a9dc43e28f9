/** An open public report that may be about the same thing; `isOwn`: the resident filed it themselves. */
export type Similar = { id: number; meters: number; address: string | null; description: string; isOwn: boolean };
