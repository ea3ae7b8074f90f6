<?xml version="1.0" encoding="UTF-8"?>
<!-- The law of a reading and nothing else: leave out every add (the draft) or every del (the
     final text), and fw, note, stamp and metamark; lb without break is a space. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xpath-default-namespace="http://www.tei-c.org/ns/1.0">
  <xsl:param name="dropped" select="'del'"/>
  <xsl:output method="text"/>
  <xsl:key name="named" match="*[@xml:id]" use="@xml:id"/>
  <xsl:variable name="blocks" select="//body//(head|p|item|label|cell|l|ab)
      [not(ancestor::fw|ancestor::note|ancestor::stamp)]
      [not(.//(p|item|cell|l|ab)[not(ancestor::fw|ancestor::note|ancestor::stamp)])]"/>
  <!-- What stands between a delSpan (or an addSpan) and its anchor. -->
  <xsl:variable name="spans" select="//*[local-name() = concat($dropped, 'Span')]"/>
  <xsl:template match="/">
    <xsl:variable name="texts" as="xs:string*" xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xsl:for-each select="$blocks">
        <xsl:variable name="text"><xsl:apply-templates/></xsl:variable>
        <xsl:sequence select="replace(replace($text, '[ \t\r\n]*&#xE000;[ \t\r\n&#xE000;]*', ' '),
            '^[ \t\r\n]+|[ \t\r\n]+$', '')"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:value-of select="$texts[. ne '']" separator="&#10;&#10;"/>
  </xsl:template>
  <xsl:template match="text()">
    <xsl:variable name="here" select="."/>
    <xsl:if test="not($spans[. &lt;&lt; $here][key('named', substring(@spanTo, 2)) >> $here])">
      <xsl:value-of select="."/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="fw|note|stamp|metamark|subst/text()|choice/text()|app/text()"/>
  <xsl:template match="*[local-name() = $dropped]" priority="2"/>
  <xsl:template match="lb[not(@break = ('no', 'maybe'))]">&#xE000;</xsl:template>
</xsl:stylesheet>
