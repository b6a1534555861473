package io.clusterrecovery.ssh;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Where commands are started: in the login shell of a host, or on this machine. Thread-safe. */
interface Shell {

  /** {@return the user that commands run as} */
  String login();

  /**
   * Starts a command.
   *
   * @param line a line for a shell
   * @param stdin what it reads, or null for nothing
   * @param out is written to by the reader of all output, so it must not block for long
   */
  Exec start(String line, byte @Nullable [] stdin, OutputStream out);

  /** Starts a command whose standard input is written to {@link Exec#stdin()}. */
  Exec startFed(String line, OutputStream out);
}
