package io.clusterrecovery.ssh;

import io.clusterrecovery.CommandResult;
import java.time.Duration;

/** How a command ended, with what it printed as bytes. */
record Finished(int status, Bytes out, Bytes err, Duration took) {

  CommandResult toResult() {
    return new CommandResult(status, out.text(), err.text(), took);
  }

  String errText() {
    return err.text();
  }

  String summary() {
    return toResult().summary();
  }
}
