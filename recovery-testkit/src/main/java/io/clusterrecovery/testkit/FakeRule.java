package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import java.util.function.Function;

/** What a {@link FakeHost} does with commands whose text holds some words. Thread-safe. */
public final class FakeRule {
  private final String words;
  private volatile Function<Command, FakeAnswer> answer = command -> FakeAnswer.ended(0, "", "");

  FakeRule(String words) {
    this.words = words;
  }

  /** Such a command prints that, and ends with exit status 0. */
  public void prints(String out) {
    requireNonNull(out, "out");
    answer = command -> FakeAnswer.ended(0, out, "");
  }

  /**
   * Such a command fails.
   *
   * @param status its exit status
   * @param err what it prints on standard error
   */
  public void fails(int status, String err) {
    requireNonNull(err, "err");
    answer = command -> FakeAnswer.ended(status, "", err);
  }

  /**
   * Such a command does that.
   *
   * @param what gives its end; what it throws, {@link FakeHost#run} throws
   */
  public void does(Function<Command, CommandResult> what) {
    requireNonNull(what, "what");
    answer = command -> new FakeAnswer.Ended(what.apply(command));
  }

  /**
   * Such a command does not end: waiting for it times out at once, and a detached one runs until it
   * is stopped.
   */
  public void hangs() {
    answer = command -> new FakeAnswer.Hanging();
  }

  boolean fits(String text) {
    return text.contains(words);
  }

  FakeAnswer to(Command command) {
    return answer.apply(command);
  }

  static String text(Command command) {
    String sudo = command.user() == Command.RunAs.ROOT ? "sudo " : "";
    return sudo + String.join(" ", command.arguments());
  }

  /** {@return the words that it is for} */
  @Override
  public String toString() {
    return "rule for commands with '" + words + "'";
  }
}
