package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file of a host, as it was found.
 *
 * @param path its path
 * @param size how large it is
 * @param identity tells it from all others
 * @param machine the host's own id
 * @param sample what packing does to it
 */
record RemoteSource(String path, long size, String identity, String machine, PackSample sample) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Looks at a file; refuses what is none. */
  static RemoteSource look(String path, Scripts scripts, Failures failures) {
    String bytes = Integer.toString(PackSample.SIZE);
    Reply found = scripts.ask("looking at " + path, Script.SURVEY, LIMIT, path, bytes);
    if (!found.get("kind").equals("file")) {
      throw failures.refused(
          Code.FILE_UNREADABLE,
          path + (found.get("kind").equals("absent") ? " is not there." : " is no regular file."),
          "Name a file that is there.");
    }
    long size = found.number("size");
    return new RemoteSource(
        path, size, found.get("identity"), found.get("machine"), sample(found, size));
  }

  /** {@return what tells this content from what was there at other times, and elsewhere} */
  String key() {
    byte[] text = (machine + ":" + path + ":" + identity).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(SideDigest.sha256().digest(text), 0, 8);
  }

  /** {@return its digest, computed there unless it is known; empty if the file changes} */
  String sha256(Scripts scripts, KnownDigests known) {
    String name = machine + ":" + path;
    Optional<String> remembered = known.find(name, machine.isEmpty() ? "" : identity);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Duration limit = TransferWatch.digestLimit(size);
    Reply told = scripts.ask("reading " + path, Script.DIGEST, limit, path);
    if (!told.get("identity").equals(identity)) {
      return "";
    }
    known.remember(name, machine.isEmpty() ? "" : identity, told.get("sha256"), size);
    return told.get("sha256");
  }

  private static PackSample sample(Reply found, long size) {
    Packing packing = Packing.best(List.of(found.get("packer")));
    double taken = Math.min(size, PackSample.SIZE);
    return packing == Packing.NONE
        ? PackSample.USELESS
        : new PackSample(
            packing,
            taken / Math.max(1, found.number("packed")),
            taken * 1e9 / Math.max(1, found.number("nanos")));
  }
}
