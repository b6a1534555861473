package io.clusterrecovery.ssh;

import static io.clusterrecovery.Code.DISK_FULL;
import static io.clusterrecovery.Code.HOST_ACCESS_DENIED;
import static io.clusterrecovery.Code.HOST_KEY_CHANGED;
import static io.clusterrecovery.Code.HOST_UNREACHABLE;
import static io.clusterrecovery.Code.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.testkit.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts that are not as they should be: by each call a code or the whole, and nothing half done.
 */
@ExtendWith(OneHost.class)
class HostileHostsIT {
  private static final int PORT = 2302;
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final String FOLDERS = HostileCall.FOLDER + " /var/lib/cluster-recovery";

  @TempDir Path dir;
  private final OneHost.Target target;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  HostileHostsIT(OneHost.Target target) {
    this.target = target;
  }

  /** Makes a host such as it should not be. */
  interface Trouble {
    SshHost host(HostileHostsIT test) throws IOException;
  }

  /** A trouble, and the codes of the calls that fail by it. */
  record Row(String name, Trouble trouble, Map<HostileCall, Code> codes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("its key changed between two connections", t -> t.rekeyed(), HOST_KEY_CHANGED));
    rows.add(row("a man in the middle has another key", t -> t.inTheMiddle(), HOST_KEY_CHANGED));
    rows.add(row("it accepts and says nothing", t -> t.silent(), HOST_UNREACHABLE));
    rows.add(row("the user has no rights by sudo", t -> t.withoutRights(), HOST_ACCESS_DENIED));
    rows.add(onDisk("its disk is full", Fault::diskFull, DISK_FULL));
    rows.add(onDisk("its disk is read-only", Fault::readOnly, READ_ONLY));
    for (String shell : List.of("bash", "dash", "zsh", "tcsh", "fish")) {
      rows.add(new Row("its login shell is " + shell + ", and loud", t -> t.loud(shell), Map.of()));
    }
    return rows.stream();
  }

  private static Row row(String name, Trouble trouble, Code code) {
    Map<HostileCall, Code> codes = new EnumMap<>(HostileCall.class);
    Stream.of(HostileCall.values()).forEach(call -> codes.put(call, code));
    return new Row(name, trouble, codes);
  }

  private static Row onDisk(String name, Function<String, Fault> fault, Code code) {
    Row row = row(name, t -> t.onSpoilt(fault), code);
    row.codes().remove(HostileCall.RUN);
    return row;
  }

  @BeforeEach
  void placeTheOldFile() {
    target.inside("mkdir -p " + FOLDERS);
    target.inside("echo old >" + HostileCall.PLACE);
  }

  @AfterEach
  void repair() {
    undo.forEach(Runnable::run);
    target.inside("rm -rf /root/by-* " + FOLDERS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void calls_toAHostLikeThat_endByTheirCodeOrWhole(Row row) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "new\n");
    List<HostileCall> done = new ArrayList<>();
    try (SshHost host = row.trouble().host(this)) {
      for (HostileCall call : HostileCall.values()) {
        Optional<Code> code = codeOf(call, host, file);
        assertThat(code).as("%s", call).isEqualTo(Optional.ofNullable(row.codes().get(call)));
        if (code.isEmpty()) {
          done.add(call);
        }
      }
    }
    assertDone(done);
  }

  private static Optional<Code> codeOf(HostileCall call, SshHost host, Path file) {
    try {
      call.on(host, file);
      return Optional.empty();
    } catch (RecoveryException e) {
      return Optional.of(e.code());
    }
  }

  private void assertDone(List<HostileCall> done) {
    for (HostileCall call : HostileCall.values()) {
      boolean seen = target.host().run("sh", "-c", call.seen()).ok();
      assertThat(seen).as("%s was done", call).isEqualTo(done.contains(call));
    }
    String content = done.contains(HostileCall.UPLOAD) ? "new" : "old";
    assertThat(target.inside("cat " + HostileCall.PLACE)).isEqualTo(content);
    assertThat(target.inside("ls -A " + HostileCall.FOLDER)).as("parts").isEqualTo("file");
    assertThat(target.inside("ls -A /var/lib/cluster-recovery/jobs 2>/dev/null || :")).isEmpty();
  }

  private SshHost rekeyed() throws IOException {
    String key = Sshd.newKey(target, "ed25519");
    Sshd first = Sshd.start(target, PORT, List.of(key));
    Path known = known(first.name() + " " + Sshd.publicKey(target, key));
    SshHost host = first.builder().knownHosts(known).build();
    assertThat(host.run(Command.of("echo", "mine")).text()).isEqualTo("mine");
    first.close();
    startWithAnotherKey();
    return host;
  }

  private SshHost inTheMiddle() throws IOException {
    Sshd middle = startWithAnotherKey();
    String[] real = Files.readString(target.lab().knownHosts()).strip().split(" ", -1);
    Path known = known(middle.name() + " " + real[1] + " " + real[2]);
    return middle.builder().knownHosts(known).build();
  }

  private Sshd startWithAnotherKey() {
    Sshd sshd = Sshd.start(target, PORT, List.of(Sshd.newKey(target, "ed25519")));
    undo.push(sshd::close);
    return sshd;
  }

  private SshHost silent() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    undo.push(() -> Quietly.close(server));
    return SshHost.at("127.0.0.1")
        .port(server.getLocalPort())
        .user("core")
        .identity(target.lab().sshKey())
        .knownHosts(target.lab().knownHosts())
        .connectLimit(LIMIT)
        .build();
  }

  private SshHost withoutRights() {
    return target.user("powerless", "/bin/sh", "").build();
  }

  private SshHost onSpoilt(Function<String, Fault> fault) {
    for (String folder : FOLDERS.split(" ", -1)) {
      undo.push(target.host().inject(fault.apply(folder))::close);
    }
    return target.ssh();
  }

  /** Prints on both streams before each command, where the shell has a file for that. */
  private SshHost loud(String shell) {
    String user = "loud-" + shell;
    SshHostBuilder builder = target.user(user, "/bin/" + shell, "NOPASSWD: ALL");
    String file =
        switch (shell) {
          case "zsh" -> ".zshenv";
          case "fish" -> ".config/fish/config.fish";
          default -> "." + shell + "rc";
        };
    target.inside(
        "mkdir -p $(dirname ~%1$s/%2$s); echo 'echo Welcome; sh -c \"echo Mind >&2\"' >~%1$s/%2$s"
            .formatted(user, file));
    return builder.build();
  }

  private Path known(String line) throws IOException {
    return Files.writeString(dir.resolve("known"), line + "\n");
  }
}
