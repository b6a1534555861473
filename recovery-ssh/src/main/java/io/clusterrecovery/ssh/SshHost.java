package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A host that is reached over SSH with a private key, and trusted by its key.
 *
 * <p>One connection is made when it is first needed, and kept open; a peer that falls silent is
 * noticed within 10 seconds, while something is sent to it, too. When the connection is lost it is
 * made again, with growing pauses, within {@link SshHostBuilder#reconnectLimit}: what is safe to
 * repeat goes on by itself (following and looking at detached commands, reading files, starting a
 * detached command), and a command that had not been started is started then. A command that may
 * have been started is never repeated: it ends with {@link Code#CONNECTION_LOST}. A host that never
 * answered is refused at once.
 *
 * <p>A host whose key is not known, or is another than the known one, is refused before anything is
 * asked of it; there is no way to accept any key. What is known comes from known_hosts files, from
 * fingerprints, or from what a console printed.
 *
 * <p>The login may be root, or a user who becomes root by sudo, without a password or with the one
 * that was given. The host needs a POSIX shell and GNU coreutils; the login shell may be any that
 * can start sh. Everything is thread-safe; up to 5 commands run at a time over the connection, more
 * wait for their turn.
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

  SshHost(SshSettings settings) {
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
  public static SshHostBuilder at(String host) {
    return new SshHostBuilder(new SshOptions(host));
  }

  /**
   * {@return a builder for a host as {@code ~/.ssh/config} and {@code /etc/ssh/ssh_config} describe
   * it} Reads them at once; what is set besides wins over them, for that host and not for its
   * jumps.
   *
   * <p>They give HostName, Port, User, IdentityFile, IdentitiesOnly, IdentityAgent, ProxyJump,
   * HostKeyAlias, UserKnownHostsFile and GlobalKnownHostsFile, with OpenSSH's defaults, and may use
   * Include; of Match, the conditions all, host and originalhost; other blocks are left out, which
   * is logged. Other keywords, StrictHostKeyChecking too, have no effect.
   *
   * @throws RefusedException if one of them cannot be read or understood
   */
  public static SshHostBuilder fromConfig(String alias) {
    Path home = Path.of(System.getProperty("user.home"));
    return fromConfig(
        alias, List.of(home.resolve(".ssh/config"), Path.of("/etc/ssh/ssh_config")), home);
  }

  /** {@return a builder for a host as that file alone describes it} See {@link #fromConfig}. */
  public static SshHostBuilder fromConfig(String alias, Path file) {
    if (Files.notExists(file)) {
      throw SshConfig.unreadable(file + " does not exist.", null);
    }
    return fromConfig(alias, List.of(file), Path.of(System.getProperty("user.home")));
  }

  private static SshHostBuilder fromConfig(String alias, List<Path> files, Path home) {
    return new SshHostBuilder(
        new SshOptions(new ConfiguredHost(alias, files, home, System.getenv())));
  }

  @Override
  public String name() {
    return settings.address();
  }

  SshSettings settings() {
    return settings;
  }

  @Override
  public List<String> forced() {
    return settings.forced();
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
    TunnelSessions sessions = new TunnelSessions(() -> new Connection(settings, failures));
    sessions.connect();
    TunnelWay way = new SshWay(sessions, host, port, failures);
    PortTunnel tunnel = PortTunnel.open(way, failures, tunnels::remove);
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
}
