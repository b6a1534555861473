package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Goes over the fields of one protobuf message in a buffer, without copying. Only the wire types
 * that etcd and Kubernetes use are known.
 */
final class ProtobufFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_TEXT = 300;

  private final ByteBuffer buffer;
  private final int end;
  private int at;
  private int field;
  private int type;
  private long number;
  private int start;

  ProtobufFields(ByteBuffer buffer, int from, int to) {
    this.buffer = buffer;
    this.at = from;
    this.end = to;
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   * @throws ProtobufFormatException if what is there is no field
   */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = readVarint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    switch (type) {
      case VARINT -> number = readVarint();
      case BYTES -> skip(readVarint());
      case FIXED64 -> skip(Long.BYTES);
      case FIXED32 -> skip(Integer.BYTES);
      default -> throw new ProtobufFormatException("a field has the unknown wire type " + type);
    }
    return true;
  }

  int field() {
    return field;
  }

  boolean isBytes(int wanted) {
    return field == wanted && type == BYTES;
  }

  boolean isNumber(int wanted) {
    return field == wanted && type == VARINT;
  }

  long number() {
    return number;
  }

  /** Where the bytes of the field begin. */
  int start() {
    return start;
  }

  /** How many bytes the field has. */
  int length() {
    return at - start;
  }

  /** The fields of the message that is this field. */
  ProtobufFields message() {
    return new ProtobufFields(buffer, start, at);
  }

  /** The field as a short text; empty if it is longer than any name or UID. */
  String text() {
    byte[] copy = new byte[length() > LONGEST_TEXT ? 0 : length()];
    buffer.get(start, copy);
    return new String(copy, UTF_8);
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw new ProtobufFormatException("a field is longer than its message");
    }
    start = at;
    at += (int) bytes;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new ProtobufFormatException("a number is cut short");
      }
      byte next = buffer.get(at++);
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ProtobufFormatException("a number is too long");
  }
}
