package io.clusterrecovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who runs a recovery, and from where, as locks of hosts name it.
 *
 * @param owner a person or a service
 * @param machine the name of this machine
 * @param process this process, told apart from every other that this machine has had
 */
record Operator(String owner, String machine, String process) {
  /** Two class loaders' copies of this class do not know of each other's runs. */
  private static final String INSTANCE = UUID.randomUUID().toString();

  private static final String SEPARATOR = " ";

  /** {@return whoever runs this process, under that name or as {@code user@machine}} */
  static Operator here(@Nullable String owner) {
    String machine = machineName();
    String name = owner == null ? System.getProperty("user.name") + "@" + machine : owner;
    ProcessHandle self = ProcessHandle.current();
    String process = self.pid() + SEPARATOR + start(self) + SEPARATOR + space();
    return new Operator(name, machine, process + SEPARATOR + INSTANCE);
  }

  /** Whether that lock was taken in this process, by this copy of the classes. */
  boolean isOfThisProcess(LockEntry lock) {
    return lock.machine().equals(machine) && lock.process().equals(process);
  }

  /** Whether the process that took that lock is proven to have ended. */
  boolean knowsEnded(LockEntry lock) {
    String[] words = lock.process().split(SEPARATOR, -1);
    if (!lock.machine().equals(machine) || words.length != 4 || !words[2].equals(space())) {
      return false;
    }
    Optional<ProcessHandle> there = ProcessHandle.of(Long.parseLong(words[0]));
    return there.map(process -> !start(process).equals(words[1])).orElse(true);
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }

  /** Processes of another container cannot be seen, so that nothing is known of their end. */
  private static String space() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "none";
    }
  }

  private static String machineName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return resolvedName();
    }
  }

  private static String resolvedName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
