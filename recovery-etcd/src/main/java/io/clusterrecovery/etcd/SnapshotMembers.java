package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bucket {@code members} of etcd's database: a JSON object for each member, by its id. */
final class SnapshotMembers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SnapshotMembers() {}

  static List<EtcdMember> of(BoltFile file) throws IOException {
    BoltBucket root = BoltBucket.root(file);
    if (root.bucket("key").isEmpty()) {
      throw new BoltFormatException(
          Code.SNAPSHOT_NOT_ETCD, "it is a database, but not one of etcd: it has no bucket 'key'");
    }
    BoltBucket bucket =
        root.bucket("members")
            .orElseThrow(() -> BoltFormatException.corrupt("it has no bucket 'members'"));
    List<EtcdMember> members = new ArrayList<>();
    bucket.forEach((key, value, isBucket) -> members.add(member(new String(key, UTF_8), value)));
    return members;
  }

  private static EtcdMember member(String id, ByteBuffer value) {
    try {
      return parsed(id, value);
    } catch (IOException | IllegalArgumentException e) {
      throw BoltFormatException.corrupt("its member " + id + " cannot be read: " + e.getMessage());
    }
  }

  private static EtcdMember parsed(String id, ByteBuffer value) throws IOException {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    JsonNode json = JSON.readTree(bytes);
    if (!json.isObject()) {
      throw new IOException("it is no JSON object");
    }
    return new EtcdMember(
        Long.toHexString(Long.parseUnsignedLong(id, 16)),
        json.path("name").asText(),
        urls(json.path("peerURLs")),
        urls(json.path("clientURLs")),
        json.path("isLearner").asBoolean() ? EtcdMember.Role.LEARNER : EtcdMember.Role.VOTER);
  }

  private static List<URI> urls(JsonNode list) {
    List<URI> urls = new ArrayList<>();
    list.forEach(url -> urls.add(URI.create(url.asText())));
    return urls;
  }
}
