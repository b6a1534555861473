package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A host in memory that knows nothing but its lock. */
final class LockableHost {
  private final String name;
  String lock = "";
  boolean away;
  boolean broken;
  Runnable beforeSetting = () -> {};

  LockableHost(String name) {
    this.name = name;
  }

  RemoteHost port() {
    RemoteHost host = mock(RemoteHost.class);
    when(host.name()).thenReturn(name);
    when(host.read(HostLock.FILE)).thenAnswer(call -> reached(this::content));
    when(host.run(any()))
        .thenAnswer(call -> reached(() -> set(call.<Command>getArgument(0).arguments())));
    return host;
  }

  LockEntry entry() {
    return LockEntry.of(lock);
  }

  private Optional<byte[]> content() {
    return lock.isEmpty() ? Optional.empty() : Optional.of(lock.getBytes(UTF_8));
  }

  private CommandResult set(List<String> arguments) {
    beforeSetting.run();
    if (broken) {
      return new CommandResult(1, "", "Read-only file system", Duration.ZERO);
    }
    String expected = arguments.get(4);
    String wanted = arguments.get(5);
    if (lock.equals(expected) || lock.equals(wanted)) {
      lock = wanted;
      return new CommandResult(0, "", "", Duration.ZERO);
    }
    return new CommandResult(10, lock, "", Duration.ZERO);
  }

  private <T> T reached(Supplier<T> answer) {
    if (away) {
      throw new RefusedException(new Refusal(Code.HOST_UNREACHABLE, "No answer.", "Look."), null);
    }
    return answer.get();
  }
}
