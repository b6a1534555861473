package io.clusterrecovery.testkit;

import io.clusterrecovery.CommandResult;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.List;

/** What became of a command that a fake host was given. */
sealed interface FakeAnswer {

  /** It ended. */
  record Ended(CommandResult result) implements FakeAnswer {}

  /** It goes on. */
  record Hanging() implements FakeAnswer {}

  static FakeAnswer ended(int status, String out, String err) {
    return new Ended(new CommandResult(status, out, err, Duration.ZERO));
  }

  default CommandResult orThrowAt(Duration limit) {
    if (this instanceof Ended ended) {
      return ended.result();
    }
    throw new TimedOutException(
        "the end of a command", limit, "it hangs", List.of(), "whether it ends", "Stop it.", null);
  }
}
