package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SnapshotMembersTest {
  private final SmallBucket bucket = new SmallBucket("members");

  @Test
  void of_survivorOfAnEarlierRestore_isThereOnce() {
    put("1263fa793e267a96", "m0", "https://etcd-0.test:2380");
    put("8a8f2b0d3c1e5f60", "m1", "https://etcd-1.test:2380");
    put("f0bc581cfcc04f68", "m0", "https://etcd-0.test:2380");

    assertThat(SnapshotMembers.of(bucket)).extracting(EtcdMember::name).containsExactly("m0", "m1");
  }

  @Test
  void of_unnamedMembersOfOtherUrls_areEachThere() {
    put("1", "", "https://etcd-1.test:2380");
    put("2", "", "https://etcd-2.test:2380");

    assertThat(SnapshotMembers.of(bucket)).extracting(EtcdMember::id).containsExactly("1", "2");
  }

  private void put(String id, String name, String peerUrl) {
    String json = "{\"name\": \"%s\", \"peerURLs\": [\"%s\"]}".formatted(name, peerUrl);
    byte[] entry = (id + json).getBytes(UTF_8);
    bucket.entry(ByteBuffer.wrap(entry), 0, id.length(), entry.length - id.length());
  }
}
