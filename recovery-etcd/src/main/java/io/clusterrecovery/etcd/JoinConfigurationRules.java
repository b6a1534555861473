package io.clusterrecovery.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a configuration of {@code kubeadm join} makes the member that was added: kubeadm names
 * etcd's member like the node, and makes its peer URL of the address. What is secret in it is
 * neither read nor told.
 */
final class JoinConfigurationRules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private JoinConfigurationRules() {}

  /** Why it does not; what it leaves to kubeadm is not judged. */
  static Optional<Refusal> against(Secret text, JoiningMember member) {
    Optional<JsonNode> join = configuration(text);
    if (join.isEmpty()) {
      return Optional.of(refusal(member, "is no JoinConfiguration"));
    }
    JsonNode controlPlane = join.get().path("controlPlane");
    if (!controlPlane.isObject()) {
      return Optional.of(refusal(member, "joins no control plane"));
    }
    String name = join.get().path("nodeRegistration").path("name").asText();
    if (!name.isEmpty() && !name.equals(member.name())) {
      return Optional.of(refusal(member, "registers the node '%s'".formatted(name)));
    }
    String address = controlPlane.path("localAPIEndpoint").path("advertiseAddress").asText();
    return address.isEmpty() || address.equals(Urls.host(member.peerUrl()))
        ? Optional.empty()
        : Optional.of(refusal(member, "advertises the address " + address));
  }

  private static Optional<JsonNode> configuration(Secret text) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(text.reveal())) {
      List<JsonNode> all = documents.readAll();
      return all.stream()
          .filter(d -> d.path("kind").asText().equals("JoinConfiguration"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Refusal refusal(JoiningMember member, String what) {
    return new Refusal(
        Code.MEMBER_MISMATCH,
        "The configuration for kubeadm join on %s %s, and member %s at %s was added."
            .formatted(member.host().name(), what, member.name(), member.peerUrl()),
        "Correct what is given to KubeadmJoin.configuredBy(…), or name and peer URL of the member.");
  }
}
