package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;

/** The bucket {@code alarm}: each of its keys is an {@code etcdserverpb.AlarmMember}. */
final class SnapshotAlarms {
  private static final int MEMBER = 1;
  private static final int ALARM = 2;
  private static final List<String> KINDS = List.of("NONE", "NOSPACE", "CORRUPT");

  private SnapshotAlarms() {}

  static List<String> of(SmallBucket bucket) {
    return bucket.entries().keySet().stream().map(SnapshotAlarms::alarm).toList();
  }

  private static String alarm(String key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.getBytes(ISO_8859_1));
    long member = 0;
    long kind = 0;
    try {
      ProtobufFields fields = new ProtobufFields(bytes, 0, bytes.limit());
      while (fields.next()) {
        member = fields.isNumber(MEMBER) ? fields.number() : member;
        kind = fields.isNumber(ALARM) ? fields.number() : kind;
      }
    } catch (ProtobufFormatException e) {
      throw BoltFormatException.corrupt("an alarm of it cannot be read: " + e.getMessage());
    }
    String name = kind >= 0 && kind < KINDS.size() ? KINDS.get((int) kind) : "alarm " + kind;
    return name + " of " + Long.toHexString(member);
  }
}
