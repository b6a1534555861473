package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** One command as it runs on a host. */
interface Exec {

  /** {@return whether it ended within the limit, or the way to it did} */
  boolean await(Duration limit) throws InterruptedException;

  /** {@return its exit status, or -1 if the way to it broke before that was told} */
  int status();

  /** {@return what it printed to standard error, at least the end of it} */
  Bytes err();

  /** {@return where to write its standard input, if it was started to be fed} */
  OutputStream stdin() throws IOException;

  /** Lets go of it; it may go on by itself. */
  void abandon();
}
