package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
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
          case "read-only" -> "its folder " + there.get("folder") + " cannot be written to";
          case "blocked" -> "something on the way to it is no folder";
          case "other" -> "something is there that is no regular file";
          case "owner" -> "the user or group " + upload.owner() + " is unknown there";
          default -> "";
        };
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(refused(there.get("place"), upload.to() + ": " + found + ".", failures));
  }

  private static RefusedException refused(String place, String found, Failures failures) {
    return place.equals("read-only")
        ? failures.refused(
            Code.READ_ONLY,
            found,
            "See why: a file system that met an error is mounted read-only. Then upload it again,"
                + " or name another place.")
        : failures.refused(Code.COMMAND_FAILED, found, AGAIN);
  }

  /** What the host told of instead of the digest. */
  static RecoveryException whileSending(
      Replies replies, Exec exec, Upload upload, Failures failures) {
    String place = replies.get("place").or(() -> replies.get("owner")).orElse("");
    if (!place.isEmpty()) {
      return notPlaced(place, upload, failures);
    }
    String said = exec.err().text().strip();
    Code code = Complaint.code(said);
    return code == Code.COMMAND_FAILED
        ? broken(upload, null, failures)
        : failed(code, said, upload, failures);
  }

  static StepFailedException notPlaced(String said, Upload upload, Failures failures) {
    return failed(Complaint.code(said), said, upload, failures);
  }

  static StepFailedException broken(
      Upload upload, @Nullable RecoveryException last, Failures failures) {
    return failures.failed(
        Code.CONNECTION_LOST,
        "the connection broke while %s was being uploaded%s."
            .formatted(upload.to(), last == null ? "" : ", and was not to be had again"),
        "whether the whole file was put in place; no half one was",
        "Upload it again: what has arrived is not sent twice.",
        last);
  }

  static StepFailedException changed(LocalFile file, Upload upload, Failures failures) {
    String found = "the file " + file.path() + " changed while it was sent";
    return failed(Code.FILE_UNREADABLE, found, upload, failures);
  }

  static StepFailedException failed(Code code, String said, Upload upload, Failures failures) {
    return failures.failed(
        code,
        upload.to() + " was not put in place, what had arrived was removed: " + said + ".",
        "nothing",
        AGAIN);
  }
}
