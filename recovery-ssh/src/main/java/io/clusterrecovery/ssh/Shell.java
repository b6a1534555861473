package io.clusterrecovery.ssh;

import java.io.OutputStream;

/** Where commands are started: the login shell of a host, or a shell here. Thread-safe. */
interface Shell {

  /** {@return the user that it runs as} */
  String login();

  /** Readies this process for much that is about to go there, beside whatever else it does. */
  void expectMuch();

  /**
   * Gives it a line.
   *
   * @param line means the same to every kind of shell
   * @param out is written to by the reader of all output, so it must not block for long
   * @param err likewise; it is closed when all has ended
   */
  ShellProcess start(String line, OutputStream out, OutputStream err);
}
