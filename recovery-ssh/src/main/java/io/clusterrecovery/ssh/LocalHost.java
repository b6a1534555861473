package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The machine that this runs on, for whoever is logged in to the survivor itself.
 *
 * <p>The user is the one who runs this; root, or a user who becomes root by sudo, without a
 * password or with the one that was given. Commands begin in that user's home, see the environment
 * of this process, and outlive it if they still run when it ends. Files are copied, with the same
 * checks as between two machines. Needs what a host of {@link SshHost} needs, apart from an SSH
 * server.
 *
 * <p>Thread-safe. A signal that ended a command is known from its exit status alone: a program that
 * exits with 128 + n looks the same.
 */
public final class LocalHost implements RemoteHost {
  private final String name;
  private final LocalShell shell;
  private final Failures failures;
  private final Operations operations;
  private final Set<PortTunnel> tunnels = ConcurrentHashMap.newKeySet();

  LocalHost(LocalShell shell, @Nullable Secret sudoPassword, Clock clock) {
    this.name = nameOfThisMachine();
    this.shell = shell;
    this.failures = new Failures(name);
    Reconnecting never = Reconnecting.never(clock, failures);
    this.operations = new Operations(shell, sudoPassword, clock, never, failures);
  }

  /** {@return this machine, for a user who is root, or becomes root without a password} */
  public static LocalHost create() {
    return builder().build();
  }

  /** {@return a builder for this machine} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the name of this machine} */
  @Override
  public String name() {
    return name;
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

  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    return operations.download(path, to, progress);
  }

  @Override
  public Tunnel tunnel(String host, int port) {
    shell.requireOpen();
    PortTunnel tunnel =
        PortTunnel.open(new DirectWay(host, port, failures), failures, tunnels::remove);
    tunnels.add(tunnel);
    return tunnel;
  }

  /** Closes the tunnels; detached commands go on. A closed host starts nothing more. */
  @Override
  public void close() {
    shell.close();
    tunnels.forEach(PortTunnel::close);
  }

  @Override
  public String toString() {
    return shell.login() + " on this machine, " + name;
  }

  private static String nameOfThisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Collects the settings, each set at most once. Not thread-safe. */
  public static final class Builder {
    private final Once<Secret> sudoPassword = new Once<>("sudoPassword");
    private final Once<Clock> clock = new Once<>("clock");

    private Builder() {}

    /**
     * Sets the password that sudo may ask the user for; sudo must ask for none if not set. It goes
     * to sudo by standard input, when sudo asks, and nowhere else.
     */
    public Builder sudoPassword(Secret password) {
      sudoPassword.set(password);
      return this;
    }

    /** Sets the time this host goes by; the system's clock if not set. */
    public Builder clock(Clock clock) {
      this.clock.set(clock);
      return this;
    }

    /** {@return the host; nothing is started yet} */
    public LocalHost build() {
      return new LocalHost(
          LocalShell.ofThisUser(), sudoPassword.orNull(), clock.or(Clock.system()));
    }

    @Override
    public String toString() {
      return "this machine, not built yet";
    }
  }
}
