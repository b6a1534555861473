package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host that is reached over SSH with a private key, and trusted by its key in a known_hosts file.
 *
 * <p>One connection is made when it is first needed, kept open, and made again when it was lost; a
 * peer that falls silent is noticed within 16 seconds. A host whose key is not known, or is another
 * than the known one, is refused before anything is asked of it; there is no way to accept any key.
 *
 * <p>The login may be root, or a user who becomes root by sudo without a password. The host needs a
 * POSIX shell, coreutils, grep and util-linux. Everything is thread-safe; up to 8 commands run at a
 * time over the connection, more wait for their turn.
 */
public final class SshHost implements RemoteHost {
  /** The default limit for making a connection, in seconds: {@value}. */
  public static final int DEFAULT_CONNECT_SECONDS = 15;

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
    this.operations =
        new Operations(new SshShell(settings.user(), connection), settings.clock(), failures);
  }

  /** {@return a builder for the host at an address or name} */
  public static Builder at(String host) {
    return new Builder(host);
  }

  @Override
  public String name() {
    return settings.address();
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
   * @throws RecoveryException if it did not arrive whole; nothing is left on either side
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
    private final String host;
    private @Nullable Integer port;
    private @Nullable String user;
    private @Nullable Path identity;
    private @Nullable Path knownHosts;
    private @Nullable Duration connectLimit;
    private @Nullable Clock clock;

    private Builder(String host) {
      requireNonNull(host, "host");
      if (host.isBlank() || host.startsWith("-") || host.chars().anyMatch(c -> c <= ' ')) {
        throw new IllegalArgumentException("not an address or name of a host: '" + host + "'");
      }
      this.host = host;
    }

    /** Sets the port, 1 to 65535; {@value SshHost#DEFAULT_PORT} if not set. */
    public Builder port(int port) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("not a port: " + port);
      }
      this.port = once(this.port, port, "port");
      return this;
    }

    /** Sets the user to log in as; required. */
    public Builder user(String user) {
      requireNonNull(user, "user");
      if (!user.matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
        throw new IllegalArgumentException("not the name of a user: '" + user + "'");
      }
      this.user = once(this.user, user, "user");
      return this;
    }

    /** Sets the file of the private key, without a passphrase; required. */
    public Builder identity(Path key) {
      this.identity = once(this.identity, requireNonNull(key, "key"), "identity");
      return this;
    }

    /** Sets the file of known host keys, in OpenSSH's format, which is only read; required. */
    public Builder knownHosts(Path file) {
      this.knownHosts = once(this.knownHosts, requireNonNull(file, "file"), "knownHosts");
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
      this.connectLimit = once(this.connectLimit, limit, "connectLimit");
      return this;
    }

    /** Sets the time this host goes by; the system's clock if not set. */
    public Builder clock(Clock clock) {
      this.clock = once(this.clock, requireNonNull(clock, "clock"), "clock");
      return this;
    }

    /**
     * Checks the settings and gives the host; nothing is read and no connection is made yet.
     *
     * @throws IllegalStateException if a required setting is missing, naming it
     */
    public SshHost build() {
      return new SshHost(
          new SshSettings(
              host,
              port == null ? DEFAULT_PORT : port,
              required(user, "user"),
              required(identity, "identity"),
              required(knownHosts, "knownHosts"),
              connectLimit == null ? Duration.ofSeconds(DEFAULT_CONNECT_SECONDS) : connectLimit,
              clock == null ? Clock.system() : clock));
    }

    private static <T> T once(@Nullable T before, T value, String name) {
      if (before != null) {
        throw new IllegalStateException(name + " was set before, to " + before);
      }
      return value;
    }

    private <T> T required(@Nullable T value, String name) {
      if (value == null) {
        throw new IllegalStateException("SshHost.at(\"" + host + "\") needs ." + name + "(…)");
      }
      return value;
    }
  }
}
