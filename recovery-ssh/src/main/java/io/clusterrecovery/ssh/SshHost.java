package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A host that is reached over SSH with a private key, and trusted by its key.
 *
 * <p>One connection is made when it is first needed, and kept open; a peer that falls silent is
 * noticed within 10 seconds, while something is sent to it, too. When the connection is lost it is
 * made again, with growing pauses, within {@link Builder#reconnectLimit}: what is safe to repeat
 * goes on by itself (following and looking at detached commands, reading files, starting a detached
 * command), and a command that had not been started is started then. A command that may have been
 * started is never repeated: it ends with {@link Code#CONNECTION_LOST}. A host that never answered
 * is refused at once.
 *
 * <p>A host whose key is not known, or is another than the known one, is refused before anything is
 * asked of it; there is no way to accept any key. What is known comes from known_hosts files, from
 * fingerprints, or from what a console printed.
 *
 * <p>The login may be root, or a user who becomes root by sudo, without a password or with the one
 * that was given. The host needs a POSIX shell, coreutils, grep and util-linux; the login shell may
 * be any that can start sh. Everything is thread-safe; up to 8 commands run at a time over the
 * connection, more wait for their turn.
 */
public final class SshHost implements RemoteHost {
  /** The default limit for making a connection, in seconds: {@value}. */
  public static final int DEFAULT_CONNECT_SECONDS = 15;

  /** The default limit for reaching a host again that was lost, in seconds: {@value}. */
  public static final int DEFAULT_RECONNECT_SECONDS = 120;

  /** The default port: {@value}. */
  public static final int DEFAULT_PORT = 22;

  private final SshSettings settings;
  private final Failures failures;
  private final Connection connection;
  private final Operations operations;
  private final Set<PortTunnel> tunnels = ConcurrentHashMap.newKeySet();

  private SshHost(SshSettings settings) {
    this.settings = settings;
    this.failures = new Failures(settings.address());
    this.connection = new Connection(settings, failures);
    Reconnecting reconnecting =
        new Reconnecting(connection::isLost, settings.clock(), settings.reconnectLimit(), failures);
    this.operations =
        new Operations(
            new SshShell(settings.user(), connection),
            settings.sudoPassword(),
            settings.clock(),
            reconnecting,
            failures);
  }

  /** {@return a builder for the host at an address or name} */
  public static Builder at(String host) {
    return new Builder(new SshOptions(host));
  }

  @Override
  public String name() {
    return settings.address();
  }

  @Override
  public List<String> forced() {
    return settings.trust().rebuilt().stream()
        .map(p -> "rebuilt(%s) of %s".formatted(p.fingerprint(), name()))
        .toList();
  }

  /**
   * Connects, if that has not been done, and so proves address, host key and login.
   *
   * @return this host
   * @throws RefusedException if it cannot be reached or trusted, or does not accept the login
   */
  public SshHost connect() {
    connection.connect();
    return this;
  }

  @Override
  public CommandResult run(Command command) {
    return operations.run(command);
  }

  @Override
  public CommandResult run(Command command, Consumer<PrintedLine> lines) {
    return operations.run(command, lines);
  }

  @Override
  public DetachedCommand start(String name, Command command) {
    return operations.start(name, command);
  }

  @Override
  public Optional<DetachedCommand> find(String name) {
    return operations.find(name);
  }

  @Override
  public Optional<byte[]> read(String path) {
    return operations.read(path);
  }

  @Override
  public RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    return operations.upload(upload, progress);
  }

  /**
   * Downloads a file, written aside and renamed into place with mode 0600, its digest compared.
   *
   * @throws RefusedException if there is no such regular file
   * @throws RecoveryException if it did not arrive whole; what has arrived stays beside the target,
   *     for the next try
   */
  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    return operations.download(path, to, progress);
  }

  @Override
  public Tunnel tunnel(String host, int port) {
    PortTunnel tunnel = PortTunnel.open(settings, failures, host, port, tunnels::remove);
    tunnels.add(tunnel);
    return tunnel;
  }

  @Override
  public void close() {
    tunnels.forEach(PortTunnel::close);
    connection.close();
  }

  @Override
  public String toString() {
    return "%s@%s over SSH, %s"
        .formatted(
            settings.user(),
            settings.address(),
            connection.isConnected() ? "connected" : "not connected");
  }

  /** Collects the settings of a host, each set at most once. Not thread-safe. */
  public static final class Builder {
    private final SshOptions options;

    private Builder(SshOptions options) {
      this.options = options;
    }

    /** Sets the port, 1 to 65535; {@value SshHost#DEFAULT_PORT} if not set. */
    public Builder port(int port) {
      options.port.set(SshName.port(port));
      return this;
    }

    /** Sets the user to log in as; required. */
    public Builder user(String user) {
      options.user.set(SshName.user(user));
      return this;
    }

    /**
     * Logs in with the key in a file without a passphrase: Ed25519, ECDSA or RSA, in the format of
     * OpenSSH or as PEM. If neither a file nor an agent is named, the keys of the agent that {@code
     * SSH_AUTH_SOCK} names and those in {@code ~/.ssh} are tried, as OpenSSH does.
     */
    public Builder identity(Path key) {
      options.identity.set(new KeyFile(key, null));
      return this;
    }

    /** Logs in with the key in a file that is protected by a passphrase. */
    public Builder identity(Path key, Secret passphrase) {
      options.identity.set(new KeyFile(key, requireNonNull(passphrase, "passphrase")));
      return this;
    }

    /**
     * Logs in with the keys of an ssh-agent, after the one in a file if that was named too.
     *
     * @throws IllegalStateException if {@code SSH_AUTH_SOCK} is not set
     */
    public Builder agent() {
      return agent(
          Login.agent(System.getenv())
              .orElseThrow(() -> new IllegalStateException("SSH_AUTH_SOCK is not set")));
    }

    /** Logs in with the keys of the ssh-agent at a socket. */
    public Builder agent(Path socket) {
      options.agent.set(socket);
      return this;
    }

    /**
     * Trusts the keys in files of OpenSSH's known_hosts format, which are only read, at each
     * connection anew: hashed names, patterns, {@code [host]:port}, {@code @cert-authority} and
     * {@code @revoked}. A file that is not there holds no key.
     */
    public Builder knownHosts(Path file, Path... more) {
      options.knownHosts.set(Stream.concat(Stream.of(file), Stream.of(more)).toList());
      return this;
    }

    /**
     * Trusts the keys with these fingerprints, such as {@code SHA256:…} from {@code ssh-keygen -l},
     * and no other; one that contradicts a known_hosts file that was also named is refused.
     */
    public Builder hostKey(String fingerprint, String... more) {
      options.hostKey.set(
          Stream.concat(Stream.of(fingerprint), Stream.of(more)).map(Pin::of).toList());
      return this;
    }

    /**
     * Trusts the keys in the text of a cloud's console, as {@link #hostKey} does: those between
     * cloud-init's lines {@code BEGIN SSH HOST KEY KEYS} or {@code BEGIN SSH HOST KEY
     * FINGERPRINTS}, of the last boot; or, without such lines, one public key or fingerprint a
     * line.
     *
     * @throws IllegalArgumentException if there is none, or only fingerprints by MD5
     */
    public Builder consoleHostKeys(String text) {
      options.consoleHostKeys.set(ConsoleText.pins(text));
      return this;
    }

    /**
     * Declares that the host was lost and made anew, with the key of that fingerprint: the only way
     * past a changed key. Whatever was known or pinned before counts no more, a revoked key aside.
     * Shown in plan and report.
     */
    public Builder rebuilt(String fingerprint) {
      options.rebuilt.set(Pin.of(fingerprint));
      return this;
    }

    /**
     * Sets how long making a connection may take, 100 ms to 10 minutes; {@value
     * SshHost#DEFAULT_CONNECT_SECONDS} seconds if not set.
     */
    public Builder connectLimit(Duration limit) {
      requireNonNull(limit, "limit");
      if (limit.toMillis() < 100 || limit.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("not from 100 ms to 10 minutes: " + limit);
      }
      options.connectLimit.set(limit);
      return this;
    }

    /**
     * Sets how long a call goes on trying to reach a host that was lost, zero to 1 hour; the last
     * try begins within it. {@value SshHost#DEFAULT_RECONNECT_SECONDS} seconds if not set.
     */
    public Builder reconnectLimit(Duration limit) {
      requireNonNull(limit, "limit");
      if (limit.isNegative() || limit.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("not from zero to 1 hour: " + limit);
      }
      options.reconnectLimit.set(limit);
      return this;
    }

    /**
     * Sets the password that sudo may ask the user for; sudo must ask for none if not set. It goes
     * to sudo by standard input, when sudo asks, and nowhere else.
     */
    public Builder sudoPassword(Secret password) {
      options.sudoPassword.set(password);
      return this;
    }

    /** Sets the time this host goes by; the system's clock if not set. */
    public Builder clock(Clock clock) {
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
  }
}
