package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;

/** What programs of a host say when they fail. */
final class Complaint {
  private Complaint() {}

  /** {@return what it is about, as far as that is known} */
  static Code code(String said) {
    if (said.contains("No space left") || said.contains("quota exceeded")) {
      return Code.DISK_FULL;
    }
    return said.contains("Read-only file system") ? Code.READ_ONLY : Code.COMMAND_FAILED;
  }
}
