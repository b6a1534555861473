package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A host in memory, which answers commands by rules and keeps what was done to it.
 *
 * <pre>{@code
 * FakeHost host = FakeHost.named("10.0.0.4");
 * host.on("systemctl is-active etcd").prints("active\n");
 * host.file("/etc/hostname", "master-0\n");
 * }</pre>
 *
 * <p>A command that no rule fits ends with exit status 127, as a program that is missing does, and
 * its text in standard error. There is no shell: a script is one more text for rules to fit.
 * Besides, it has the lock that a run takes on each host. Files, detached commands and tunnels are
 * as {@link RemoteHost} says; all files are root's to read. Thread-safe.
 */
public final class FakeHost implements RemoteHost {
  private final String name;
  private final List<FakeRule> rules = new CopyOnWriteArrayList<>();
  private final List<Command> commands = new CopyOnWriteArrayList<>();
  private final List<FakeTunnel> tunnels = new CopyOnWriteArrayList<>();
  private final List<String> forced = new CopyOnWriteArrayList<>();
  private final Map<String, FakeJob> jobs = new ConcurrentHashMap<>();
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final FakeFiles files;
  private final FakeLine line;

  private FakeHost(String name) {
    this.name = name;
    this.files = new FakeFiles(name);
    this.line = new FakeLine(name);
  }

  /** {@return a host of that name, that knows no command and has no file} */
  public static FakeHost named(String name) {
    return new FakeHost(requireNonNull(name, "name"));
  }

  /**
   * Begins a rule, which goes before the earlier ones, for commands whose text holds those words:
   * the arguments with a blank between each, and {@code sudo} before what runs as root.
   *
   * @return the rule, to be told what happens; until then such a command prints nothing
   */
  public FakeRule on(String words) {
    FakeRule rule = new FakeRule(requireNonNull(words, "words"));
    rules.add(0, rule);
    return rule;
  }

  /**
   * Puts a file there, as somebody else would.
   *
   * @return this host
   */
  public FakeHost file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /**
   * Says what listens where, as the host sees it; nothing does anywhere else.
   *
   * @param localPort the port of this machine's loopback address that a tunnel leads to
   * @return this host
   */
  public FakeHost listens(String host, int port, int localPort) {
    ports.put(host + ":" + port, localPort);
    return this;
  }

  /**
   * Adds a forcing, as of a setter that the caller wrote for this host.
   *
   * @return this host
   */
  public FakeHost forcing(String setter) {
    forced.add(setter);
    return this;
  }

  /**
   * Says whether it gives no answer from now on: each call is refused, with {@link
   * Code#HOST_UNREACHABLE}, and detached commands go on.
   *
   * @return this host
   */
  public FakeHost unreachable(boolean now) {
    line.unreachable(now);
    return this;
  }

  /**
   * Lets the connection break in one call from now on, once it has been done there: the caller gets
   * {@link Code#CONNECTION_LOST}, and the next call is well again.
   *
   * @param call 1 for the very next
   * @return this host
   */
  public FakeHost breakingAt(int call) {
    line.breakAt(call);
    return this;
  }

  /** {@return every command it was given, detached ones too, in order} */
  public List<Command> commands() {
    return List.copyOf(commands);
  }

  /** {@return every command it was given, as rules see it: scripts in full} */
  public List<String> texts() {
    return commands.stream().map(FakeRule::text).toList();
  }

  /** {@return paths of all files it has now, in order} */
  public List<String> paths() {
    return files.paths();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> forced() {
    return List.copyOf(forced);
  }

  @Override
  public CommandResult run(Command command) {
    return line.over(() -> answer(command).orThrowAt(command.limit()));
  }

  @Override
  public DetachedCommand start(String job, Command command) {
    FakeJob.requireName(job);
    return line.over(
        () ->
            jobs.computeIfAbsent(job, free -> new FakeJob(job, answer(command), line, this::gone)));
  }

  @Override
  public Optional<DetachedCommand> find(String job) {
    return line.over(() -> Optional.ofNullable(jobs.get(job)));
  }

  @Override
  public Optional<byte[]> read(String path) {
    return line.over(() -> files.read(path));
  }

  @Override
  public RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    return line.over(() -> files.upload(upload, progress));
  }

  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    return line.over(() -> files.download(path, to, progress));
  }

  @Override
  public Tunnel tunnel(String host, int port) {
    return line.over(
        () -> {
          FakeTunnel tunnel = FakeTunnel.open(host + ":" + port, ports::get);
          tunnels.add(tunnel);
          return tunnel;
        });
  }

  /** Ends its tunnels; each later call but this one is an {@link IllegalStateException}. */
  @Override
  public void close() {
    line.close();
    tunnels.forEach(FakeTunnel::close);
  }

  private void gone(String job) {
    jobs.remove(job);
  }

  private FakeAnswer answer(Command command) {
    commands.add(command);
    String text = FakeRule.text(command);
    return files
        .locked(command)
        .or(
            () ->
                rules.stream().filter(rule -> rule.fits(text)).findFirst().map(r -> r.to(command)))
        .orElseGet(() -> FakeAnswer.ended(127, "", "no rule of " + name + " fits: " + text + "\n"));
  }

  /** {@return its name} */
  @Override
  public String toString() {
    return "fake host " + name;
  }
}
