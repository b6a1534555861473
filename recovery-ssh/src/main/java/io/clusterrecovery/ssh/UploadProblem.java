package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.Upload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be wrong with an upload, in words. */
final class UploadProblem {
  private static final String AGAIN = "See to that, then upload it again.";

  private UploadProblem() {}

  static Optional<RefusedException> ofPlace(Reply there, Upload upload, Failures failures) {
    String missing = there.get("missing");
    if (!missing.isEmpty()) {
      return Optional.of(
          failures.refused(
              Code.TOOL_MISSING,
              "an upload needs these programs, which are not there: " + missing + ".",
              "Install coreutils on the host."));
    }
    String found =
        switch (there.get("place")) {
          case "read-only" -> "its folder cannot be written to";
          case "blocked" -> "something on the way to it is no folder";
          case "other" -> "something is there that is no regular file";
          case "owner" -> "the user or group " + upload.owner() + " is unknown there";
          default -> "";
        };
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            failures.refused(Code.COMMAND_FAILED, upload.to() + ": " + found + ".", AGAIN));
  }

  static String orDigest(Reply reply, Upload upload, Failures failures) {
    String said = reply.get("found").strip();
    return switch (reply.get("problem")) {
      case "" -> reply.get("sha256");
      case "digest" ->
          throw failed(Code.DIGEST_MISMATCH, "it arrived as sha256 " + said, upload, failures);
      case "short" -> throw broken(upload, null, failures);
      default -> {
        boolean full = said.contains("No space") || said.contains("quota");
        throw failed(full ? Code.DISK_FULL : Code.COMMAND_FAILED, said, upload, failures);
      }
    };
  }

  static StepFailedException broken(Upload upload, @Nullable Exception local, Failures failures) {
    if (local != null && String.valueOf(local.getMessage()).contains("changed while")) {
      return failed(Code.FILE_UNREADABLE, String.valueOf(local.getMessage()), upload, failures);
    }
    return failures.failed(
        Code.CONNECTION_LOST,
        "the connection broke while " + upload.to() + " was being uploaded.",
        "whether the whole file was put in place; no half one was",
        "Upload it again: what is there already is not sent twice.",
        local);
  }

  private static StepFailedException failed(
      Code code, String said, Upload upload, Failures failures) {
    return failures.failed(
        code,
        upload.to() + " was not put in place, what had arrived was removed: " + said + ".",
        "nothing",
        AGAIN);
  }
}
