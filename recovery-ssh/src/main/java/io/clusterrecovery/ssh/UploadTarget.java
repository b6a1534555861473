package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The place on the host that an upload goes to. */
final class UploadTarget {
  private static final long SPARE = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Upload upload;
  private final LocalFile file;
  private final Scripts scripts;
  private final KnownDigests known;
  private final Failures failures;
  private final String key;
  private final String token = UUID.randomUUID().toString().substring(0, 8);

  UploadTarget(
      Upload upload, LocalFile file, Scripts scripts, KnownDigests known, Failures failures) {
    this.upload = upload;
    this.file = file;
    this.scripts = scripts;
    this.known = known;
    this.failures = failures;
    try {
      this.key = file.key();
    } catch (IOException e) {
      throw LocalFiles.unreadable(file.path(), "cannot be read: " + e, failures);
    }
  }

  /**
   * What is there.
   *
   * @param room how many bytes are free
   * @param kept how much an earlier upload has left that can be taken up
   * @param size how large the file in the place is, or -1
   * @param identity what tells that file from all others
   * @param owned its mode, a space, its owner and group
   * @param machine the host's own id
   * @param unpackers the programs that can unpack
   */
  record Found(
      long room,
      long kept,
      long size,
      String identity,
      String owned,
      String machine,
      List<String> unpackers) {}

  /** Looks at it; refuses a place where no file can be put. */
  Found look() {
    Reply there =
        scripts.ask(
            "looking at " + upload.to(), Script.EXAMINE, LIMIT, upload.to(), upload.owner(), key);
    UploadProblem.ofPlace(there, upload, failures)
        .ifPresent(
            refused -> {
              throw refused;
            });
    return new Found(
        there.number("room"),
        there.number("kept"),
        there.number("size"),
        there.get("identity"),
        there.get("owned"),
        there.get("machine"),
        List.of(there.get("packers").split(" ", -1)));
  }

  /** Whether the file is there already; gives it mode and owner then. */
  boolean holdsTheFile(Found found) {
    if (found.size() != file.size()) {
      return false;
    }
    String name = name(found);
    String there =
        known.find(name, found.identity()).orElseGet(() -> digestThere(found.identity()));
    if (!there.equals(file.sha256(failures))) {
      return false;
    }
    known.remember(name, isOwned(found) ? found.identity() : own(found), there, file.size());
    return true;
  }

  private boolean isOwned(Found found) {
    String[] owned = found.owned().split(" ", 2);
    boolean same = Integer.parseInt(owned[0], 8) == Integer.parseInt(upload.mode(), 8);
    String owner = upload.owner();
    return same
        && (owner.contains(":") ? owned[1].equals(owner) : owned[1].startsWith(owner + ":"));
  }

  private String own(Found found) {
    String what = "setting mode and owner of " + upload.to();
    return scripts
        .ask(what, Script.OWN, LIMIT, upload.to(), upload.mode(), upload.owner(), found.identity())
        .get("identity");
  }

  void requireRoom(Found found) {
    long needed = file.size() - Math.min(found.kept(), file.size()) + SPARE;
    if (found.room() < needed) {
      throw failures.refused(
          Code.DISK_FULL,
          "%s needs %d bytes, and its file system has %d left."
              .formatted(upload.to(), needed, found.room()),
          "Make room there, then upload it again.");
    }
  }

  List<String> receive() {
    return Script.RECEIVE.with(
        upload.to(), Long.toString(file.size()), upload.mode(), upload.owner(), key, token);
  }

  /** Puts what has arrived in place; false if another upload has taken it up. */
  boolean place(Found found, String sha256) {
    Reply placed = side("putting " + upload.to() + " in place", "keep");
    if (placed.get("problem").equals("gone")) {
      return false;
    }
    if (placed.get("problem").equals("place")) {
      throw UploadProblem.notPlaced(placed.get("found"), upload, failures);
    }
    known.remember(name(found), placed.get("identity"), sha256, file.size());
    return true;
  }

  /** Removes what has arrived. */
  void drop() {
    side("removing what arrived of " + upload.to(), "drop");
  }

  private Reply side(String what, String verdict) {
    List<String> script =
        Script.PLACE.with(upload.to(), Long.toString(file.size()), key, token, verdict);
    return scripts.once(what, script, null, TransferWatch.digestLimit(file.size()));
  }

  private String digestThere(String identity) {
    file.startDigest();
    Duration limit = TransferWatch.digestLimit(file.size());
    Reply there = scripts.ask("reading " + upload.to(), Script.DIGEST, limit, upload.to());
    return there.get("identity").equals(identity) ? there.get("sha256") : "";
  }

  private String name(Found found) {
    return found.machine().isEmpty() ? "" : found.machine() + ":" + upload.to();
  }
}
