package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Collects the settings of a host, each set at most once. Not thread-safe. */
public final class SshHostBuilder {
  private final SshOptions options;

  SshHostBuilder(SshOptions options) {
    this.options = options;
  }

  /** Sets the port, 1 to 65535; {@value SshHost#DEFAULT_PORT} if not set. */
  public SshHostBuilder port(int port) {
    options.port.set(SshName.port(port));
    return this;
  }

  /** Sets the user to log in as; required, unless a configuration was read. */
  public SshHostBuilder user(String user) {
    options.user.set(SshName.user(user));
    return this;
  }

  /**
   * Logs in with the key in a file without a passphrase: Ed25519, ECDSA or RSA, in the format of
   * OpenSSH or as PEM. If neither a file nor an agent is named, the keys of the agent that {@code
   * SSH_AUTH_SOCK} names and those in {@code ~/.ssh} are tried, as OpenSSH does.
   */
  public SshHostBuilder identity(Path key) {
    options.identity.set(new KeyFile(key, null));
    return this;
  }

  /** Logs in with the key in a file that is protected by a passphrase. */
  public SshHostBuilder identity(Path key, Secret passphrase) {
    options.identity.set(new KeyFile(key, requireNonNull(passphrase, "passphrase")));
    return this;
  }

  /**
   * Logs in with the keys of an ssh-agent, after the one in a file if that was named too.
   *
   * @throws IllegalStateException if {@code SSH_AUTH_SOCK} is not set
   */
  public SshHostBuilder agent() {
    return agent(
        Login.agent(System.getenv())
            .orElseThrow(() -> new IllegalStateException("SSH_AUTH_SOCK is not set")));
  }

  /** Logs in with the keys of the ssh-agent at a socket. */
  public SshHostBuilder agent(Path socket) {
    options.agent.set(socket);
    return this;
  }

  /**
   * Trusts the keys in files of OpenSSH's known_hosts format, which are only read, at each
   * connection anew: hashed names, patterns, {@code [host]:port}, {@code @cert-authority} and
   * {@code @revoked}. A file that is not there holds no key.
   */
  public SshHostBuilder knownHosts(Path file, Path... more) {
    options.knownHosts.set(Stream.concat(Stream.of(file), Stream.of(more)).toList());
    return this;
  }

  /**
   * Trusts the keys with these fingerprints, such as {@code SHA256:…} from {@code ssh-keygen -l},
   * and no other; one that contradicts a known_hosts file that was also named is refused.
   */
  public SshHostBuilder hostKey(String fingerprint, String... more) {
    options.hostKey.set(
        Stream.concat(Stream.of(fingerprint), Stream.of(more)).map(Pin::of).toList());
    return this;
  }

  /**
   * Trusts the keys in the text of a cloud's console, as {@link #hostKey} does: those between
   * cloud-init's lines {@code BEGIN SSH HOST KEY KEYS} or {@code BEGIN SSH HOST KEY FINGERPRINTS},
   * of the last boot; or, without such lines, one public key or fingerprint a line.
   *
   * @throws IllegalArgumentException if there is none, or only fingerprints by MD5
   */
  public SshHostBuilder consoleHostKeys(String text) {
    options.consoleHostKeys.set(ConsoleText.pins(text));
    return this;
  }

  /**
   * Declares that the host was lost and made anew, with the key of that fingerprint: the only way
   * past a changed key. Whatever was known or pinned before counts no more, a revoked key aside.
   * Shown in plan and report.
   */
  public SshHostBuilder rebuilt(String fingerprint) {
    options.rebuilt.set(Pin.of(fingerprint));
    return this;
  }

  /**
   * Reaches the host through another one, whose own settings say how that is reached and trusted,
   * and within which limit; its connection is not shared, so it may be closed.
   */
  public SshHostBuilder via(SshHost jump) {
    options.via.set(jump.settings());
    return this;
  }

  /**
   * Sets how long making a connection may take, 100 ms to 10 minutes; {@value
   * SshHost#DEFAULT_CONNECT_SECONDS} seconds if not set.
   */
  public SshHostBuilder connectLimit(Duration limit) {
    requireNonNull(limit, "limit");
    if (limit.toMillis() < 100 || limit.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("not from 100 ms to 10 minutes: " + limit);
    }
    options.connectLimit.set(limit);
    return this;
  }

  /**
   * Sets how long a call goes on trying to reach a host that was lost, zero to 1 hour; the last try
   * begins within it. {@value SshHost#DEFAULT_RECONNECT_SECONDS} seconds if not set.
   */
  public SshHostBuilder reconnectLimit(Duration limit) {
    requireNonNull(limit, "limit");
    if (limit.isNegative() || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("not from zero to 1 hour: " + limit);
    }
    options.reconnectLimit.set(limit);
    return this;
  }

  /**
   * Sets the password that sudo may ask the user for; sudo must ask for none if not set. It goes to
   * sudo by standard input, when sudo asks, and nowhere else.
   */
  public SshHostBuilder sudoPassword(Secret password) {
    options.sudoPassword.set(password);
    return this;
  }

  /** Sets after how long without a byte the peer counts as gone, for tests. */
  SshHostBuilder silence(Duration silence) {
    options.silence.set(silence);
    return this;
  }

  /** Sets the time this host goes by; the system's clock if not set. */
  public SshHostBuilder clock(Clock clock) {
    options.clock.set(clock);
    return this;
  }

  /**
   * Checks the settings and gives the host; nothing is read and no connection is made yet.
   *
   * @throws IllegalStateException if a required setting is missing, naming it
   */
  public SshHost build() {
    return new SshHost(options.settings());
  }

  @Override
  public String toString() {
    return "SshHost %s, not built yet".formatted(options);
  }
}
