package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host's own database says, read from it by commands. */
class OwnDataTest {
  private static final int LATEST = 600;

  @TempDir Path folder;
  private final RemoteHost host = mock(RemoteHost.class);
  private final List<String> commands = new ArrayList<>();
  private byte[] database = {};

  @BeforeEach
  void write() throws Exception {
    when(host.run(any())).thenAnswer(call -> runHere(call.getArgument(0)));
    byte[] namespace = KubernetesBytes.namespace("uid-1", Instant.EPOCH.plusSeconds(9));
    EtcdBytes etcd =
        new EtcdBytes()
            .put(1, "/registry/things/0", "x")
            .put(2, "/registry/namespaces/kube-system", namespace)
            .meta("consistent_index", EtcdBytes.number(777));
    for (int i = 3; i <= LATEST; i++) {
      etcd.put(i, "/registry/things/" + i, "x".repeat(6000));
    }
    database = etcd.done();
    save(database);
  }

  @Test
  void read_whole_tellsMembersIdentityAndProgress() throws Exception {
    OwnData data = OwnData.read(host, folder.toString());

    assertThat(data.members()).extracting(EtcdMember::name).containsExactly("m0");
    assertThat(data.identity()).contains(new ClusterIdentity("/registry", "uid-1"));
    assertThat(data.revision()).isEqualTo(LATEST);
    assertThat(data.consistentIndex()).isEqualTo(777);
  }

  @Test
  void read_large_fetchesAFewBlocks() throws Exception {
    OwnData.read(host, folder.toString());

    assertThat(database).hasSizeGreaterThan(50 << 16);
    assertThat(commands).hasSizeLessThan(9);
  }

  /** As after a power failure: bbolt goes on from the other one. */
  @Test
  void read_oneMetaPageDamaged_goesByTheOther() throws Exception {
    for (int meta = 0; meta < 2; meta++) {
      byte[] damaged = database.clone();
      damaged[meta * BoltBytes.PAGE + 70] ^= 1;
      save(damaged);

      assertThat(OwnData.read(host, folder.toString()).revision()).isEqualTo(LATEST);
    }
  }

  @Test
  void read_nothingThere_fails() throws Exception {
    Files.delete(folder.resolve("member/snap/db"));

    assertThatThrownBy(() -> OwnData.read(host, folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("db");
  }

  @Test
  void read_cutShort_fails() throws Exception {
    save(Arrays.copyOf(database, database.length / 2));

    assertThatThrownBy(() -> OwnData.read(host, folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void read_writtenToMeanwhile_fails() {
    doAnswer(
            call -> {
              CommandResult result = runHere(call.getArgument(0));
              byte[] later = database.clone();
              later[BoltBytes.PAGE - 1] ^= (byte) commands.size();
              save(later);
              return result;
            })
        .when(host)
        .run(any());

    assertThatThrownBy(() -> OwnData.read(host, folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written to");
  }

  private void save(byte[] bytes) throws IOException {
    Path file = folder.resolve("member/snap/db");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private CommandResult runHere(Command command) {
    commands.add(command.toString());
    try {
      Process process = new ProcessBuilder(command.arguments()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandResult(process.waitFor(), out, err, Duration.ZERO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
