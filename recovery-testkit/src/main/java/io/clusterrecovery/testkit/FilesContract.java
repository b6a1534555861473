package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files brought and fetched. */
interface FilesContract extends HostContract {

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  default void upload_newFile_isThereWithContentModeAndOwner(@TempDir Path dir) throws IOException {
    byte[] bytes = content(3_000_001);
    Path file = Files.write(dir.resolve("local"), bytes);
    List<TransferProgress> told = new ArrayList<>();
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      String to = folder + "/new folder/it's there";
      RemoteFile there = host.upload(Upload.of(file, to).mode("0640"), told::add);
      assertThat(there).isEqualTo(new RemoteFile(to, bytes.length, TestDigests.sha256(bytes)));
      String look = "stat -c '%a %u %g' \"$1\"; sha256sum <\"$1\"; ls -A \"${1%/*}\"";
      assertThat(HostContract.asRoot(host, look, to))
          .isEqualTo("640 0 0\n" + there.sha256() + "  -\nit's there");
      assertThat(told.get(told.size() - 1).bytes()).isEqualTo(bytes.length);
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void upload_again_isNotSentUnlessItDiffers(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("local"), content(1_000_000));
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      Upload upload = Upload.of(file, folder + "/file");
      RemoteFile first = host.upload(upload, progress -> {});
      String identity = HostContract.asRoot(host, "stat -c '%i %Y' \"$1\"", upload.to());
      assertThat(host.upload(upload, progress -> {})).isEqualTo(first);
      assertThat(HostContract.asRoot(host, "stat -c '%i %Y' \"$1\"", upload.to()))
          .isEqualTo(identity);
      byte[] other = content(1_000_000);
      other[500_000]++;
      Files.write(file, other);
      assertThat(host.upload(upload, progress -> {}).sha256()).isEqualTo(TestDigests.sha256(other));
      assertThat(HostContract.asRoot(host, "sha256sum <\"$1\"", upload.to()))
          .startsWith(TestDigests.sha256(other));
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void upload_emptyFile_isThere(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("local"), new byte[0]);
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      host.upload(Upload.of(file, folder + "/file"), progress -> {});
      assertThat(host.read(folder + "/file")).hasValue(new byte[0]);
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void upload_placeIsAFolder_isRefusedAndChangesNothing(@TempDir Path dir)
      throws IOException {
    Path file = Files.writeString(dir.resolve("local"), "text");
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      HostContract.asRoot(host, "mkdir \"$1/file\"", folder);
      Upload upload = Upload.of(file, folder + "/file");
      assertThatThrownBy(() -> host.upload(upload, progress -> {}))
          .isInstanceOf(RefusedException.class);
      assertThat(HostContract.asRoot(host, "ls -A \"$1\" \"$1/file\" | wc -w", folder))
          .isEqualTo("3");
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void download_file_arrivesWholeAndPrivate(@TempDir Path dir) throws IOException {
    byte[] bytes = content(2_000_003);
    Path file = Files.write(dir.resolve("local"), bytes);
    Path back = dir.resolve("back");
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      RemoteFile there = host.upload(Upload.of(file, folder + "/file"), progress -> {});
      assertThat(host.download(there.path(), back, progress -> {})).isEqualTo(there);
      assertThat(back).hasBinaryContent(bytes);
      assertThat(Files.getPosixFilePermissions(back)).hasSize(2);
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void download_noSuchFile_isRefusedAndLeavesNothing(@TempDir Path dir) {
    try (RemoteHost host = openHost()) {
      assertThatThrownBy(() -> host.download("/no/such/file", dir.resolve("x"), progress -> {}))
          .isInstanceOf(RefusedException.class);
      assertThat(dir).isEmptyDirectory();
    }
  }
}
