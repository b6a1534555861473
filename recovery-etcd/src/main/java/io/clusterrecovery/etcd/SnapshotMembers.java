package io.clusterrecovery.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bucket {@code members} of etcd's database: a JSON object for each member, by its id. */
final class SnapshotMembers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SnapshotMembers() {}

  /**
   * Each member once: a restore by the tool of etcd 3.3 and 3.4 leaves those of before there, so
   * that the survivor is there by two ids.
   */
  static List<EtcdMember> of(SmallBucket bucket) {
    Map<List<Object>, EtcdMember> members = new LinkedHashMap<>();
    bucket
        .entries()
        .forEach(
            (id, json) -> {
              EtcdMember member = member(id, json);
              members.put(List.of(member.name(), member.peerUrls()), member);
            });
    return List.copyOf(members.values());
  }

  private static EtcdMember member(String id, byte[] json) {
    try {
      return parsed(id, json);
    } catch (IOException | IllegalArgumentException e) {
      throw BoltFormatException.corrupt("its member " + id + " cannot be read: " + e.getMessage());
    }
  }

  private static EtcdMember parsed(String id, byte[] bytes) throws IOException {
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
