package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A detached command of a fake host: ended at once, or running until it is stopped. */
final class FakeJob implements DetachedCommand {
  private static final CommandResult STOPPED =
      new CommandResult(143, "TERM", "", "", 0, Duration.ZERO);

  private final String name;
  private final FakeLine line;
  private final Consumer<String> removed;
  private volatile FakeAnswer answer;

  FakeJob(String name, FakeAnswer answer, FakeLine line, Consumer<String> removed) {
    this.name = name;
    this.answer = inOneFile(answer);
    this.line = line;
    this.removed = removed;
  }

  /** What both streams print comes together, as in the file on a host. */
  private static FakeAnswer inOneFile(FakeAnswer answer) {
    if (answer instanceof FakeAnswer.Ended ended) {
      CommandResult result = ended.result();
      return FakeAnswer.ended(result.exitStatus(), result.out() + result.err(), "");
    }
    return answer;
  }

  static void requireName(String name) {
    if (!name.matches("[a-zA-Z0-9._-]{1,100}") || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("not a name of a detached command: '" + name + "'");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<CommandResult> result() {
    return line.over(
        () ->
            answer instanceof FakeAnswer.Ended ended
                ? Optional.of(ended.result())
                : Optional.empty());
  }

  @Override
  public CommandResult follow(long fromByte, Duration limit, Consumer<OutputLine> lines) {
    return line.over(
        () -> {
          CommandResult result = answer.orThrowAt(limit);
          long next = 0;
          for (String text : result.out().lines().toList()) {
            next += text.getBytes(UTF_8).length + 1;
            if (next > fromByte) {
              lines.accept(new OutputLine(text, next));
            }
          }
          return result;
        });
  }

  @Override
  public void stop() {
    line.over(
        () -> {
          if (answer instanceof FakeAnswer.Hanging) {
            answer = new FakeAnswer.Ended(STOPPED);
          }
          return name;
        });
  }

  @Override
  public void remove() {
    line.over(
        () -> {
          if (answer instanceof FakeAnswer.Hanging) {
            throw new RefusedException(
                new Refusal(Code.STILL_RUNNING, name + " still runs.", "Stop it first."), null);
          }
          removed.accept(name);
          return name;
        });
  }

  /** {@return its name, and whether it runs} */
  @Override
  public String toString() {
    return name + (answer instanceof FakeAnswer.Hanging ? " (runs)" : " (ended)");
  }
}
