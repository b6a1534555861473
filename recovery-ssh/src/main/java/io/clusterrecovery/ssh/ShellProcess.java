package io.clusterrecovery.ssh;

import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A shell that runs, with whatever it has become. */
interface ShellProcess {

  /** {@return whether it ended within the limit, or the way to it did} */
  boolean await(Duration limit) throws InterruptedException;

  /** {@return its exit status, 128 + n after signal n, or -1 if the way to it broke before} */
  int status();

  /** {@return the name of the signal that ended it, such as TERM, or null for none} */
  @Nullable String signal();

  /** {@return its standard input} */
  OutputStream stdin();

  /** Lets go of it; it may go on by itself. */
  void abandon();
}
