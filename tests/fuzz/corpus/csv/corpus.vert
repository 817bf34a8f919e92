<doc id="d1" author="Lee &amp; Kim">
<p n="1">
<s id="1">
The	DT	the
mill	NN	mill
<g/>
.	.	.
</s>
<s id="2">
<name type="place">
River	NNP	river
</name>
</s>
</p>
</doc>
<doc id="d2">
<s id="3">
End	NN	end
</s>
</doc>
<doc id="d3"/>
