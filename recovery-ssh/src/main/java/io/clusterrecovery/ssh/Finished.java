package io.clusterrecovery.ssh;

import io.clusterrecovery.CommandResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a command ended, with what it printed as bytes. */
record Finished(
    int status, @Nullable String signal, Bytes out, Bytes err, long dropped, Duration took) {

  CommandResult toResult() {
    return new CommandResult(status, signal, out.text(), err.text(), dropped, took);
  }

  String summary() {
    return toResult().summary();
  }
}
