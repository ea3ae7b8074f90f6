def write_header(document, pointers):
    return ['  <teiHeader><fileDesc><titleStmt><title>A</title></titleStmt><publicationStmt><p>N</p></publicationStmt><sourceDesc><p>N</p></sourceDesc></fileDesc></teiHeader>\n']
