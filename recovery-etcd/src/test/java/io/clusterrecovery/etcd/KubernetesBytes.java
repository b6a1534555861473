package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** Writes objects as an API server stores them. */
final class KubernetesBytes {
  private KubernetesBytes() {}

  static byte[] protobuf(
      String version, String kind, String uid, Instant created, Instant... managed) {
    ProtobufBytes metadata =
        new ProtobufBytes().text(1, "a name").text(5, uid).message(8, time(created));
    for (Instant at : managed) {
      metadata.message(
          17, new ProtobufBytes().text(1, "kubelet").text(2, "Update").message(4, time(at)));
    }
    ProtobufBytes unknown =
        new ProtobufBytes()
            .message(1, new ProtobufBytes().text(1, version).text(2, kind))
            .message(2, new ProtobufBytes().message(1, metadata).text(2, "spec"))
            .text(3, "")
            .text(4, "");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("k8s\0".getBytes(UTF_8));
    all.writeBytes(unknown.done());
    return all.toByteArray();
  }

  static byte[] namespace(String uid, Instant created) {
    return protobuf("v1", "Namespace", uid, created);
  }

  private static ProtobufBytes time(Instant at) {
    return new ProtobufBytes().number(1, at.getEpochSecond()).number(2, at.getNano());
  }
}
