package io.clusterrecovery.ssh;

import java.util.List;
import java.util.Optional;

/** Signals of Linux, as SSH and shells tell of them. */
final class Signals {
  /** The names of signal 1 and up that mean the same on every kind of processor. */
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM");

  private static final int OFFSET = 128;

  private Signals() {}

  /** {@return what a shell tells of a process that the signal of that name ended} */
  static int status(String name) {
    return OFFSET + NAMES.indexOf(name) + 1;
  }

  /** {@return the name of the signal that a shell tells of by an exit status} */
  static Optional<String> ofStatus(int status) {
    int index = status - OFFSET - 1;
    return index >= 0 && index < NAMES.size() ? Optional.of(NAMES.get(index)) : Optional.empty();
  }
}
